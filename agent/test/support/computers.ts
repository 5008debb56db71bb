import type { Outcome } from '../../src/compute/compute.ts'
import { attempt, type Computer, type Operation } from '../../src/compute/operation.ts'
import { threadFile } from '../../src/compute/thread-file.ts'
import { Workers } from '../../src/compute/workers.ts'

/** Threads as the agent has them, from its source. */
export const realWorkers = (size = 2): Workers =>
  new Workers({ file: threadFile(new URL('../../src/main.ts', import.meta.url).href), size })

/** Computes when the test says so, what was asked first first. */
export class ManualComputer implements Computer {
  readonly #asked: { operation: Operation; maxDigits: number; onOutcome: (outcome: Outcome) => void }[] = []

  compute(operation: Operation, maxDigits: number, onOutcome: (outcome: Outcome) => void): () => void {
    const asked = { operation, maxDigits, onOutcome }
    this.#asked.push(asked)
    return () => {
      const place = this.#asked.indexOf(asked)
      if (place !== -1) this.#asked.splice(place, 1)
    }
  }

  get asked(): number {
    return this.#asked.length
  }

  finishOne(): void {
    const next = this.#asked.shift()
    next?.onOutcome(attempt(next.operation, next.maxDigits))
  }
}
