import type { Offer } from '../../store/offers/offer.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { Attempts } from '../results/attempts.ts'
import { revokeAssignments } from '../placing/revoke-assignments.ts'

/** The most that one statement takes. */
const atATime = 500

/** Of how many expressions that were borrowed from it is remembered, before it is looked what is still held of them. */
const mostRemembered = 1_000

/** Free slots here are for tasks that other replicas offer. */
export class Borrowing {
  /** Whether there may be offers; a look that finds fewer than it has slots for says there are none. */
  private mayFind = false
  private busy = false
  /** Expressions of which agents here hold borrowed tasks, or did. */
  private borrowed = new Set<string>()
  private readonly deps: SchedulerDeps
  private readonly attempts: Attempts

  constructor(deps: SchedulerDeps, attempts: Attempts) {
    this.deps = deps
    this.attempts = attempts
  }

  /** Somebody has offered tasks, or may have. */
  noticeOffers(): void {
    this.mayFind = true
    this.look()
  }

  /** Takes offered tasks, if there are slots that have nothing else to do. */
  look(): void {
    if (this.busy || !this.mayFind || this.deps.state.othersStats().length === 0) return
    this.busy = true
    inBackground(this.deps.logger, 'take offers', async () => {
      try {
        while (this.mayFind && (await this.take()));
      } finally {
        this.busy = false
      }
    })
  }

  /**
   * The expression has ended, or left its owner: nobody waits for its tasks.
   * @param before only for those of an earlier epoch than this
   */
  forget(expressionId: string, before = Infinity): void {
    // Each expression of all replicas comes by here when it ends.
    if (!this.borrowed.has(expressionId)) return
    if (before === Infinity) this.borrowed.delete(expressionId)
    for (const { agentId, assignments } of this.deps.state.sessions.values())
      for (const { ticket, of, expressionId: id, epoch, attempt } of [...assignments.values()])
        if (of.kind === 'offered' && id === expressionId && epoch < before)
          revokeAssignments(this.deps, [{ agentId, attempt, ticket }])
  }

  /** Returns whether there may be more to take. */
  private async take(): Promise<boolean> {
    const { dispatcher, replicaId, state, store } = this.deps
    const limit = Math.min(atATime, dispatcher.freeSlots())
    if (limit === 0 || state.queue.size > 0) return false
    this.mayFind = false
    const offers = await store.offers.borrow(replicaId, limit)
    if (offers.length === limit) this.mayFind = true
    const given = dispatcher.placeOffers(offers)
    this.remember(given.keys())
    this.announce(given)
    // The agents that they were for have left in the meantime.
    const left = offers.filter((offer) => !given.has(offer))
    if (left.length > 0) await this.attempts.returnOffers(left)
    return left.length === 0
  }

  private remember(offers: Iterable<Offer>): void {
    for (const { expressionId } of offers) this.borrowed.add(expressionId)
    if (this.borrowed.size <= mostRemembered) return
    // Of some it was never heard that they ended.
    const assignments = [...this.deps.state.sessions.values()].flatMap((session) => [...session.assignments.values()])
    this.borrowed = new Set(
      assignments.flatMap(({ of, expressionId }) => (of.kind === 'offered' ? [expressionId] : [])),
    )
  }

  private announce(given: ReadonlyMap<Offer, string>): void {
    const taken = new Map<string, { task: number; agentId: string }[]>()
    for (const [{ expressionId, task }, agentId] of given)
      taken.set(expressionId, [...(taken.get(expressionId) ?? []), { task, agentId }])
    for (const [expressionId, tasks] of taken)
      this.deps.announcer.broadcast({ kind: 'offersTaken', expressionId, taken: tasks })
  }
}
