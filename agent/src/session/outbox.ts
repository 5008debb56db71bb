import type { TaskReceipt, TaskResultInput } from '../graphql.ts'
import { limits } from '../protocol.ts'

/** Results from the moment they are computed until the server gives a receipt for them. */
export class Outbox {
  /** By ticket, oldest first. */
  #waiting = new Map<string, TaskResultInput>()
  /** Sent, and not yet answered. */
  readonly #underWay = new Map<string, TaskResultInput>()

  get size(): number {
    return this.#waiting.size + this.#underWay.size
  }

  has(ticket: string): boolean {
    return this.#waiting.has(ticket) || this.#underWay.has(ticket)
  }

  tickets(): string[] {
    return [...this.#underWay.keys(), ...this.#waiting.keys()]
  }

  add(result: TaskResultInput): void {
    this.#waiting.set(result.ticket, result)
  }

  drop(tickets: readonly string[]): void {
    for (const ticket of tickets) {
      this.#waiting.delete(ticket)
      this.#underWay.delete(ticket)
    }
  }

  /** The oldest results that are not under way, as many as fit one mutation. They stay here until `settle`. */
  batch(): TaskResultInput[] {
    const batch: TaskResultInput[] = []
    let characters = 0
    for (const [ticket, result] of this.#waiting) {
      characters += ticket.length + (result.value ?? result.error?.message ?? '').length
      if (batch.length === limits.batchResults || (batch.length > 0 && characters > limits.batchCharacters)) break
      batch.push(result)
      this.#waiting.delete(ticket)
      this.#underWay.set(ticket, result)
    }
    return batch
  }

  /** Every receipt, a refusal too, is the server's last word on a result. Returns how many were refused. */
  settle(batch: readonly TaskResultInput[], receipts: readonly TaskReceipt[]): number {
    this.drop(batch.map((result) => result.ticket))
    return receipts.filter((receipt) => receipt === 'REFUSED').length
  }

  /** What was under way was not taken, or nobody knows: it is to be sent again. */
  takeBack(): void {
    this.#waiting = new Map([...this.#underWay, ...this.#waiting])
    this.#underWay.clear()
  }
}
