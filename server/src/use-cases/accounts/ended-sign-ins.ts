import type { Pool } from 'pg'
import type { Clock } from '../../clock.ts'
import type { Environment } from '../../env.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import { listEndedSignIns } from '../../store/accounts/list-ended-sign-ins.ts'
import { clockToleranceSeconds } from './access-token.ts'

export interface EndedSignInsOptions {
  readonly pool: Pool
  readonly announcer: Announcer
  readonly clock: Clock
  readonly environment: Environment
}

/** Beyond what is needed: clocks of replicas and of the database differ, and a transaction may commit later than its time says. */
const spareSeconds = 60

/**
 * The sign-ins that were ended while access tokens of them may still be good: those tokens are refused. Kept in memory, since every request
 * asks, and known
 *
 * - at the replica that ends one: at once;
 * - at the others: when they hear of it, within milliseconds; where that was lost, when they next `catchUp`, within seconds.
 */
export class EndedSignIns {
  readonly #options: EndedSignInsOptions
  /** When each may be forgotten, in the order in which they were heard of. */
  readonly #forgetAt = new Map<string, number>()
  #readAt = -Infinity

  private constructor(options: EndedSignInsOptions) {
    this.#options = options
    options.announcer.on('signInsEnded', ({ ids }) => this.#note(ids))
  }

  /** With all that were ended before this process began. */
  static async load(options: EndedSignInsOptions): Promise<EndedSignIns> {
    const ended = new EndedSignIns(options)
    await ended.catchUp()
    return ended
  }

  has(id: string): boolean {
    return this.#forgetAt.has(id)
  }

  /** Reads those since the last time, tells this replica of what it has not heard of, and forgets those whose tokens have expired. */
  async catchUp(): Promise<void> {
    const { pool, announcer, clock } = this.#options
    const now = clock.now()
    const unreadSeconds = (now - this.#readAt) / 1000 + spareSeconds
    const ids = await listEndedSignIns(pool, Math.min(this.#rememberedSeconds, unreadSeconds))
    this.#readAt = now
    const unheard = ids.filter((id) => !this.#forgetAt.has(id))
    if (unheard.length > 0) announcer.relay({ kind: 'signInsEnded', ids: unheard })
    for (const [id, at] of this.#forgetAt) {
      if (at > now) break
      this.#forgetAt.delete(id)
    }
  }

  #note(ids: readonly string[]): void {
    const at = this.#options.clock.now() + this.#rememberedSeconds * 1000
    for (const id of ids) this.#forgetAt.set(id, at)
  }

  get #rememberedSeconds(): number {
    return this.#options.environment.ACCESS_TOKEN_SECONDS + clockToleranceSeconds + spareSeconds
  }
}
