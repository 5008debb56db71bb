import type { BlockList } from 'node:net'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { monotonicNow, type Clock } from '../clock.ts'
import { disabledAfterMs, patience, pauseAfterMs, retryAfterMs } from '../domain/webhooks/schedule.ts'
import type { Ids } from '../ids.ts'
import { groupBy } from '../lists.ts'
import type { Meter } from '../metering/meter.ts'
import type { Announcer } from '../realtime/announcer.ts'
import type { Change } from '../realtime/change.ts'
import { claimDeliveries, type ClaimedDelivery } from '../store/webhooks/claim-deliveries.ts'
import { countWaiting, listHookedUsers } from '../store/webhooks/hooked-users.ts'
import { settleDelivered, settleFailed, type AttemptRecord } from '../store/webhooks/settle-attempt.ts'
import { version } from '../version.ts'
import { Hosts, hostLimits } from './hosts.ts'
import { bodyOf } from './message.ts'
import { send, type Answer } from './send.ts'
import { secretOf, signatureOf } from './signature.ts'

export interface CourierOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly meter: Meter
  readonly announcer: Announcer
  /** From which the secrets follow. */
  readonly key: Uint8Array
  /** Networks to which something may be sent beside the public one. */
  readonly allowed: BlockList
  /** Is told that a webhook was disabled. */
  readonly onDisabled: (webhookId: string, userId: string, reason: string) => void
}

/** Attempts of this replica under way. */
const mostAtOnce = 32
/** While one user has so many, nothing more is claimed for theirs. */
const mostOfUser = 8
const timeoutMs = 10_000

/** Longer than an attempt, and the wait for its turn before it, can take. */
const leaseMs = 20_000

/**
 * Delivers to webhooks what the database says is to be delivered. It looks when an expression ends here whose owner has one, and comes round for
 * what other replicas left and what failed before. See docs/decisions/0044.
 */
export class Courier {
  readonly #options: CourierOptions
  readonly #hosts: Hosts
  readonly #underWay = new Map<Promise<void>, ClaimedDelivery>()
  #hookedUsers: ReadonlySet<string> = new Set()
  #claiming: Promise<void> | null = null
  #isWanted = false
  #isStopped = false
  /** As of the last sweep. */
  #waiting = 0

  constructor(options: CourierOptions) {
    this.#options = options
    this.#hosts = new Hosts(options.clock)
    options.announcer.on('expression', (change) => this.#hear(change))
    options.announcer.on('webhookSet', () => void this.refresh().catch((error: unknown) => this.#report(error)))
  }

  /** How many attempts are under way, and deliveries wait. */
  readings(): { readonly webhook_deliveries_waiting: number; readonly webhook_attempts_in_flight: number } {
    return { webhook_deliveries_waiting: this.#waiting, webhook_attempts_in_flight: this.#underWay.size }
  }

  /** Reads anew whose expressions are to be listened for. */
  async refresh(): Promise<void> {
    this.#hookedUsers = new Set(await listHookedUsers(this.#options.pool))
    this.wake()
  }

  async count(): Promise<void> {
    this.#waiting = await countWaiting(this.#options.pool)
  }

  /** Looks what is to be delivered: once more, where it is looking. */
  wake(): void {
    this.#isWanted = true
    if (this.#isStopped || this.#claiming !== null) return
    this.#claiming = this.#claimAll()
      .catch((error: unknown) => this.#report(error))
      .finally(() => (this.#claiming = null))
  }

  /** Begins nothing more, and waits for what is under way. What this does not see the end of is tried again, by whoever comes next. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#claiming
    await Promise.all(this.#underWay.keys())
  }

  #hear({ ownerId, row, isProgress }: Extract<Change, { kind: 'expression' }>): void {
    if (isProgress !== true && row?.finishedAt !== null && this.#hookedUsers.has(ownerId)) this.wake()
  }

  async #claimAll(): Promise<void> {
    while (this.#isWanted && !this.#isStopped && this.#underWay.size < mostAtOnce) {
      this.#isWanted = false
      const claimed = await claimDeliveries(this.#options.pool, {
        most: Math.min(mostAtOnce - this.#underWay.size, 2 * hostLimits.atOnce),
        mostOfWebhook: hostLimits.atOnce,
        except: { hosts: this.#hosts.busy(), users: this.#busyUsers() },
        leaseMs,
      })
      for (const delivery of claimed) this.#begin(delivery)
      if (claimed.length > 0) this.#isWanted = true
    }
  }

  /** Who has as many attempts under way as one may: others are to have their turn. */
  #busyUsers(): readonly string[] {
    const byUser = groupBy(this.#underWay.values(), ({ userId }) => userId)
    return [...byUser].flatMap(([userId, theirs]) => (theirs.length >= mostOfUser ? [userId] : []))
  }

  #report(error: unknown): void {
    this.#options.logger.error({ err: error }, 'could not look for webhook deliveries; it comes round again')
  }

  #begin(delivery: ClaimedDelivery): void {
    const attempt = this.#attempt(delivery)
      .catch((error: unknown) =>
        this.#options.logger.error({ err: error, delivery: delivery.id }, 'could not write down a webhook delivery'),
      )
      .finally(() => {
        this.#underWay.delete(attempt)
        this.wake()
      })
    this.#underWay.set(attempt, delivery)
  }

  async #attempt(delivery: ClaimedDelivery): Promise<void> {
    const { announcer, meter } = this.#options
    const { answer, tookMs } = await this.#hosts.use(delivery.host, () => this.#send(delivery))
    const isDelivered = answer.kind === 'answered' && answer.status >= 200 && answer.status < 300
    meter.count('webhook_deliveries_total', isDelivered ? 'delivered' : 'failed')
    const record = recordOf(delivery, answer, tookMs)
    await (isDelivered ? settleDelivered(this.#options.pool, record) : this.#settleFailed(delivery, record))
    announcer.broadcast({ kind: 'webhookTried', id: delivery.webhookId, userId: delivery.userId })
  }

  async #send(delivery: ClaimedDelivery): Promise<{ answer: Answer; tookMs: number }> {
    const { allowed, clock, key } = this.#options
    const { id, webhookId, url } = delivery
    const body = bodyOf(delivery)
    const timestamp = Math.floor(clock.now() / 1_000)
    const headers = {
      'content-type': 'application/json',
      'user-agent': `Reckon/${version} (webhooks)`,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatureOf(secretOf(key, webhookId), { id, timestamp, body }),
    }
    const startedAt = monotonicNow()
    const answer = await send({ url, headers, body }, { allowed, timeoutMs })
    return { answer, tookMs: Math.round(monotonicNow() - startedAt) }
  }

  async #settleFailed({ attempts, failures, userId }: ClaimedDelivery, record: AttemptRecord): Promise<void> {
    const { ids, onDisabled, pool } = this.#options
    const reason = await settleFailed(pool, {
      ...record,
      retryAfterMs: retryAfterMs(attempts, ids.random()),
      pauseMs: pauseAfterMs(failures + 1, ids.random()),
      isGone: record.status === 410,
      disabling: { afterMs: disabledAfterMs, failures: patience.failures },
    })
    if (reason !== null) onDisabled(record.webhookId, userId, reason)
  }
}

const recordOf = ({ id, webhookId }: ClaimedDelivery, answer: Answer, tookMs: number): AttemptRecord => ({
  deliveryId: id,
  webhookId,
  status: answer.kind === 'answered' ? answer.status : null,
  answer: answer.kind === 'answered' ? storable(answer.text) : null,
  problem: answer.kind === 'answered' ? problemOf(answer.status) : answer.problem,
  tookMs,
})

/** PostgreSQL's text takes no NUL. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400 ? `It answered ${status}: redirects are not followed.` : `It answered ${status}.`
}
