import type { Clock } from '../../src/clock.ts'
import type { Offer } from '../../src/store/offers/offer.ts'
import type { OfferedTask } from '../../src/store/offers/remove-offers.ts'

export interface OfferRow {
  offer: Offer
  lenderId: string
  borrowerId: string | null
  offeredAt: number
}

const keyOf = ({ expressionId, task }: Pick<OfferedTask, 'expressionId' | 'task'>): string => `${expressionId}:${task}`

const nameOf = ({ offer: { expressionId, task, attempt } }: OfferRow): OfferedTask => ({ expressionId, task, attempt })

/** What the store's SQL on tasks that replicas offer to each other is to do; as `ExpressionModel`. */
export class OfferModel {
  /** By expression and task: the primary key. */
  readonly rows = new Map<string, OfferRow>()
  private readonly clock: Clock
  private readonly isReplica: (id: string | null) => boolean

  constructor(clock: Clock, isReplica: (id: string | null) => boolean) {
    this.clock = clock
    this.isReplica = isReplica
  }

  /** One that is offered anew keeps what does not change: its operation and its operands. */
  insert(lenderId: string, offers: readonly Offer[]): void {
    for (const offer of offers)
      this.rows.set(keyOf(offer), { offer, lenderId, borrowerId: null, offeredAt: this.clock.now() })
  }

  claim(borrowerId: string, limit: number): Offer[] {
    const open = [...this.rows.values()].filter(
      (row) => row.borrowerId === null && row.lenderId !== borrowerId && this.isReplica(row.lenderId),
    )
    open.sort((a, b) => b.offer.remainingMs - a.offer.remainingMs)
    const claimed = open.slice(0, limit)
    for (const row of claimed) row.borrowerId = borrowerId
    return claimed.map(({ offer }) => offer)
  }

  list(lenderId: string): OfferedTask[] {
    return [...this.rows.values()].filter((row) => row.lenderId === lenderId).map(nameOf)
  }

  remove(tasks: readonly OfferedTask[]): void {
    for (const task of tasks)
      if (this.rows.get(keyOf(task))?.offer.attempt === task.attempt) this.rows.delete(keyOf(task))
  }

  withdraw(lenderId: string, olderThanMs: number): OfferedTask[] {
    const latest = this.clock.now() - olderThanMs
    return this.removeWhere((row) => row.lenderId === lenderId && row.borrowerId === null && row.offeredAt <= latest)
  }

  removeLost(): void {
    this.removeWhere(
      ({ lenderId, borrowerId }) => !this.isReplica(lenderId) || (borrowerId !== null && !this.isReplica(borrowerId)),
    )
  }

  private removeWhere(isOver: (row: OfferRow) => boolean): OfferedTask[] {
    const over = [...this.rows].filter(([, row]) => isOver(row))
    for (const [key] of over) this.rows.delete(key)
    return over.map(([, row]) => nameOf(row))
  }
}
