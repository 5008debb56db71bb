import { retryDelayMs } from '../connection/backoff.ts'
import type { Connection } from '../connection/connection.ts'
import type { SubmitAnswer } from '../connection/submit-answer.ts'
import type { Dependencies } from '../dependencies.ts'
import type { TaskResultInput } from '../graphql.ts'
import type { Timing } from '../protocol.ts'
import type { Outbox } from './outbox.ts'

export interface DeliveryParts {
  readonly connection: Connection
  readonly agentId: string
  readonly outbox: Outbox
  /** Called after each batch that the server took. */
  readonly onSettled: () => void
}

/**
 * How many batches may be under way. A receipt waits for the server's disk; with one batch at a time each link of a chain of operations
 * would wait for it too.
 */
const mostUnderWay = 4

/**
 * Brings results from the outbox to the server over one connection. A few batches are under way at a time; what is computed meanwhile
 * is the next batch, so an idle agent answers at once and a busy one batches more. It lives as long as its connection: what that leaves
 * unanswered is still in the outbox, for the next one.
 */
export class Delivery {
  readonly #dependencies: Dependencies
  readonly #timing: Timing
  readonly #parts: DeliveryParts
  #state: 'sending' | 'scheduled' | 'backing off' | 'over' = 'sending'
  #underWay = 0
  #rejections = 0
  #cancelRetry: () => void = () => undefined

  constructor(dependencies: Dependencies, timing: Timing, parts: DeliveryParts) {
    this.#dependencies = dependencies
    this.#timing = timing
    this.#parts = parts
    parts.outbox.takeBack()
  }

  /** Sends soon, with everything that is computed in this turn of the event loop. */
  wake(): void {
    if (this.#state !== 'sending' || this.#underWay >= mostUnderWay) return
    this.#state = 'scheduled'
    setImmediate(() => {
      if (this.#state === 'scheduled') this.#send()
    })
  }

  stop(): void {
    this.#state = 'over'
    this.#cancelRetry()
  }

  #send(): void {
    this.#state = 'sending'
    const { connection, agentId, outbox } = this.#parts
    const results = outbox.batch()
    if (results.length === 0) return
    this.#underWay++
    void connection.submit({ agentId, results }).then((answer) => {
      this.#underWay--
      if (this.#state !== 'over') this.#settle(results, answer)
    })
  }

  #settle(results: readonly TaskResultInput[], answer: SubmitAnswer): void {
    const { outbox, onSettled } = this.#parts
    switch (answer.kind) {
      case 'receipts': {
        this.#rejections = 0
        const refused = outbox.settle(results, answer.receipts)
        if (refused > 0) this.#dependencies.log.warn({ refused }, 'the server refused results')
        this.wake()
        onSettled()
        return
      }
      case 'rejected':
        return this.#retryLater(answer.message)
      case 'lost':
        return this.stop()
      default:
        return answer satisfies never
    }
  }

  #retryLater(reason: string): void {
    // Its other batches under way may be rejected as well; they wait as one.
    if (this.#state === 'backing off') return
    this.#state = 'backing off'
    const { clock, random, log } = this.#dependencies
    this.#rejections += 1
    if (this.#rejections === 1) log.warn({ reason }, 'the server did not take results; trying again until it does')
    const bounds = { baseMs: this.#timing.retryBaseMs, capMs: this.#timing.retryCapMs }
    this.#cancelRetry = clock.after(retryDelayMs(this.#rejections, bounds, random), () => {
      this.#parts.outbox.takeBack()
      this.#send()
    })
  }
}
