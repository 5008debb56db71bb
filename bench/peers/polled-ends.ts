import { setTimeout as delay } from 'node:timers/promises'
import type { Ending, Ledger } from '../src/load/ledger.ts'

export interface Ended {
  readonly id: string
  readonly ending: Ending
}

interface Polling {
  readonly ledger: Ledger
  /** How long to wait after an answer that brought nothing. */
  readonly pollMs: number
  /** @param open expressions, the oldest first @returns which have ended, others too if it does not know */
  find(open: readonly string[]): Promise<readonly Ended[]>
}

/** Tells a ledger of the ends of a system that does not reliably tell them itself: asks for all that is open at once, again and again. */
export class PolledEnds {
  readonly #polling: Polling
  readonly #open = new Set<string>()
  #isAsking = false
  #isClosed = false

  constructor(polling: Polling) {
    this.#polling = polling
  }

  expect(ids: readonly string[]): void {
    for (const id of ids) this.#open.add(id)
    if (this.#isAsking) return
    this.#isAsking = true
    this.#ask().catch((error: Error) => {
      if (!this.#isClosed) this.#polling.ledger.break(error)
    })
  }

  /** Takes note of an end, from wherever it is known. */
  ended({ id, ending }: Ended): void {
    if (this.#open.delete(id)) this.#polling.ledger.ended(id, ending)
  }

  close(): void {
    this.#isClosed = true
  }

  async #ask(): Promise<void> {
    const { find, pollMs } = this.#polling
    while (this.#open.size > 0 && !this.#isClosed) {
      const before = this.#open.size
      for (const ended of await find([...this.#open])) this.ended(ended)
      if (this.#open.size === before) await delay(pollMs)
    }
    this.#isAsking = false
  }
}
