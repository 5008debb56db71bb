import type { Clock } from '../../src/clock.ts'
import type { Offer } from '../../src/store/offers/offer.ts'
import type { ClaimedTask, OfferedTask } from '../../src/store/offers/remove-offers.ts'

export interface OfferRow {
  offer: Offer
  offeredBy: string
  claimedBy: string | null
  claimId: string | null
  offeredAt: number
}

const keyOf = ({ expressionId, task }: Pick<OfferedTask, 'expressionId' | 'task'>): string => `${expressionId}:${task}`

const nameOf = ({ offer: { expressionId, task, attempt, epoch } }: OfferRow): ClaimedTask => ({
  ...{ expressionId, task, attempt, epoch },
})

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
  insert(offeredBy: string, offers: readonly Offer[]): void {
    for (const offer of offers)
      this.rows.set(keyOf(offer), { offer, offeredBy, claimedBy: null, claimId: null, offeredAt: this.clock.now() })
  }

  claim(claimedBy: string, claimId: string, limit: number): Offer[] {
    const open = [...this.rows.values()].filter(
      (row) => row.claimedBy === null && row.offeredBy !== claimedBy && this.isReplica(row.offeredBy),
    )
    open.sort((a, b) => b.offer.remainingMs - a.offer.remainingMs)
    const claimed = open.slice(0, limit)
    for (const row of claimed) Object.assign(row, { claimedBy, claimId })
    return claimed.map(({ offer }) => offer)
  }

  list(offeredBy: string): OfferedTask[] {
    return [...this.rows.values()].filter((row) => row.offeredBy === offeredBy).map(nameOf)
  }

  remove(tasks: readonly OfferedTask[]): void {
    for (const task of tasks)
      if (this.rows.get(keyOf(task))?.offer.attempt === task.attempt) this.rows.delete(keyOf(task))
  }

  removeClaim(claimId: string): ClaimedTask[] {
    return this.removeWhere((row) => row.claimId === claimId)
  }

  withdraw(offeredBy: string, olderThanMs: number): OfferedTask[] {
    const latest = this.clock.now() - olderThanMs
    return this.removeWhere((row) => row.offeredBy === offeredBy && row.claimedBy === null && row.offeredAt <= latest)
  }

  removeLost(): void {
    this.removeWhere(
      ({ offeredBy, claimedBy }) => !this.isReplica(offeredBy) || (claimedBy !== null && !this.isReplica(claimedBy)),
    )
  }

  private removeWhere(isOver: (row: OfferRow) => boolean): ClaimedTask[] {
    const over = [...this.rows].filter(([, row]) => isOver(row))
    for (const [key] of over) this.rows.delete(key)
    return over.map(([, row]) => nameOf(row))
  }
}
