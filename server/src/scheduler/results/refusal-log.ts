import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'

/** How long the log is silent about an agent's next refusals, which it then counts. */
const silenceMs = 60_000

/** More agents than this at once are no mistake of each; the oldest are forgotten. */
const maxEntries = 1_000

/** Tells the log of results with forged tickets: of a thousand that an agent sends, in one line. */
export class RefusalLog {
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #entries = new Map<string, { readonly toldAt: number; untold: number }>()

  constructor({ clock, logger }: { readonly clock: Clock; readonly logger: Logger }) {
    this.#clock = clock
    this.#logger = logger
  }

  note(agentId: string) {
    const now = this.#clock.now()
    const entry = this.#entries.get(agentId)
    if (entry !== undefined && now - entry.toldAt < silenceMs) {
      entry.untold += 1
      return
    }
    const before = entry === undefined ? {} : { since: new Date(entry.toldAt), refusedSince: entry.untold }
    this.#logger.warn({ agent: agentId, ...before }, 'refused a result: its ticket is not valid')
    this.#entries.delete(agentId)
    this.#entries.set(agentId, { toldAt: now, untold: 0 })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > maxEntries && oldest !== undefined) this.#entries.delete(oldest)
  }
}
