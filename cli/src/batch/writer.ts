import { once } from 'node:events'
import type { BatchRecord, BatchStatus } from './record.ts'

/** Writes what became of lines: in their order, or as they come. */
export class BatchWriter {
  readonly counts = new Map<BatchStatus, number>()
  readonly #output: NodeJS.WritableStream & { readonly writableNeedDrain: boolean }
  readonly #isOrdered: boolean
  readonly #waiting = new Map<number, BatchRecord>()
  #next = 0

  constructor(output: NodeJS.WriteStream, isOrdered: boolean) {
    this.#output = output
    this.#isOrdered = isOrdered
  }

  /** Returns how many were written, which others before them may have kept back. @param place among all lines, from 0 */
  put(place: number, record: BatchRecord): number {
    this.counts.set(record.status, (this.counts.get(record.status) ?? 0) + 1)
    if (!this.#isOrdered) {
      this.#output.write(`${record.text}\n`)
      return 1
    }
    this.#waiting.set(place, record)
    const from = this.#next
    for (let next = this.#waiting.get(this.#next); next; next = this.#waiting.get(this.#next)) {
      this.#output.write(`${next.text}\n`)
      this.#waiting.delete(this.#next)
      this.#next += 1
    }
    return this.#next - from
  }

  /** Resolves when whoever reads the output has come along. */
  async drained(): Promise<void> {
    if (this.#output.writableNeedDrain) await once(this.#output, 'drain')
  }
}
