import type { TaskReceipt, TaskResultInput } from '../graphql.ts'
import { limits } from '../protocol.ts'

/** Results from the moment they are computed until the server gives a receipt for them. */
export class Outbox {
  /** By ticket, oldest first. */
  readonly #results = new Map<string, TaskResultInput>()
  /** What is not under way, oldest first; some of it may be no longer wanted, and is passed over. */
  #waiting: TaskResultInput[] = []

  get size(): number {
    return this.#results.size
  }

  has(ticket: string): boolean {
    return this.#results.has(ticket)
  }

  tickets(): string[] {
    return [...this.#results.keys()]
  }

  add(result: TaskResultInput): void {
    this.#results.set(result.ticket, result)
    this.#waiting.push(result)
  }

  drop(tickets: readonly string[]): void {
    for (const ticket of tickets) this.#results.delete(ticket)
  }

  /** The oldest results that are not under way, as many as fit one mutation. They stay here until `settle`. */
  batch(): TaskResultInput[] {
    const batch: TaskResultInput[] = []
    let characters = 0
    let seen = 0
    for (const result of this.#waiting) {
      const isWanted = this.#results.get(result.ticket) === result
      if (isWanted) characters += result.ticket.length + (result.value ?? result.error?.message ?? '').length
      if (batch.length === limits.batchResults || (batch.length > 0 && characters > limits.batchCharacters)) break
      if (isWanted) batch.push(result)
      seen++
    }
    this.#waiting = this.#waiting.slice(seen)
    return batch
  }

  /** Every receipt, a refusal too, is the server's last word on a result. Returns how many were refused. */
  settle(batch: readonly TaskResultInput[], receipts: readonly TaskReceipt[]): number {
    this.drop(batch.map((result) => result.ticket))
    return receipts.filter((receipt) => receipt === 'REFUSED').length
  }

  /** What was under way was not taken, or nobody knows: it is to be sent again. */
  takeBack(): void {
    this.#waiting = [...this.#results.values()]
  }
}
