import type { ServerResponse } from 'node:http'
import { isWithin, waitAtMost, type Clock } from '../../clock.ts'
import { version } from '../../version.ts'
import { replyJson } from './replies.ts'

/** How long the database may take to answer, and how long its answer holds. */
const pingTimeoutMs = 1_000
const pingHoldsMs = 1_000

/** The process lives: restart it where this does not answer. */
export const replyHealth = (response: ServerResponse) => replyJson(response, 200, { status: 'ok', version })

export interface ReadinessOptions {
  /** Asks the database anything; rejects where it does not answer. */
  readonly pingDatabase: () => Promise<unknown>
  readonly isStopping: () => boolean
  readonly clock: Clock
}

/** Whether this replica may be given work, asked of the database at most once a second, however often it is called. */
export function createReadiness({ pingDatabase, isStopping, clock }: ReadinessOptions) {
  let pending: Promise<boolean> | null = null
  let last: { readonly at: number; readonly answered: boolean } | null = null

  async function databaseAnswers(): Promise<boolean> {
    if (last !== null && isWithin(pingHoldsMs, last.at, clock.now())) return last.answered
    // While a ping hangs no other is sent: they would take up the pool.
    pending ??= pingDatabase()
      .then(
        () => true,
        () => false,
      )
      .then((answered) => {
        last = { at: clock.now(), answered }
        pending = null
        return answered
      })
    let answered = false
    await waitAtMost(
      clock,
      pingTimeoutMs,
      pending.then((answers) => (answered = answers)),
    )
    return answered
  }

  return async function replyReady(response: ServerResponse): Promise<void> {
    const reasons = []
    if (isStopping()) reasons.push('the server is stopping')
    else if (!(await databaseAnswers())) reasons.push('the database does not answer')
    if (reasons.length === 0) replyJson(response, 200, { status: 'ready' })
    else replyJson(response, 503, { status: 'unavailable', reasons })
  }
}
