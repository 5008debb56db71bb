import { overdueAfterMs } from '../../domain/tasks/lease.ts'
import type { Offer } from '../../store/offers/offer.ts'
import type { Attempts } from '../results/attempts.ts'
import type { CatchUp } from '../results/catch-up.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import { isPlaceable } from '../placing/dispatcher.ts'
import { inBackground } from '../../realtime/in-background.ts'
import { isMissingIn, isOffered, loansOf, namesOf, stands, type Loan } from '../memory/loan.ts'
import { lentTicket, type Lent, type OwnedExpression } from '../memory/owned-expression.ts'

/** For each task that is at an agent elsewhere another is on offer, so that there is a next one when its result is on the way. */
const lentPerTaken = 2
/** What nobody has taken by then comes back: others have enough to do, and here it may be the most urgent. */
const longestOfferMs = 1_000
/** The most that one statement offers, in tasks and in characters of their operands, of which a task can have 40 000. */
const atATime = 500
const charactersAtATime = 2 ** 20

/** What this replica cannot place it offers to the others, so that one giant expression uses the agents of all. */
export class Offering {
  private lent = 0
  /** Of those, how many are known to be at agents. */
  private taken = 0
  private busy = false
  private readonly deps: SchedulerDeps
  private readonly attempts: Attempts
  private readonly catchUp: CatchUp

  constructor(deps: SchedulerDeps, attempts: Attempts, catchUp: CatchUp) {
    this.deps = deps
    this.attempts = attempts
    this.catchUp = catchUp
  }

  /** Offers what waits here, if more does than there are slots. */
  offerSoon(): void {
    const { state, dispatcher } = this.deps
    if (state.queue.size === 0 || dispatcher.freeSlots() > 0) return
    const most = Math.max(state.freeSlotsElsewhere, lentPerTaken * this.taken)
    const wanted = Math.min(atATime, most - this.lent)
    if (wanted > 0) this.run('offer tasks', () => this.offer(wanted))
  }

  /** There are free slots here: what nobody has taken comes back. */
  withdrawSoon(): void {
    if (this.lent > this.taken) this.run('withdraw offers', () => this.withdraw(0))
  }

  /** Agents of another replica have these. */
  noteTaken(expressionId: string, taken: readonly { task: number; agentId: string }[]): void {
    const { state, clock, announcer } = this.deps
    const owned = state.owned.get(expressionId)
    for (const { task, agentId } of taken) {
      const lent = owned?.lent.get(task)
      if (!owned || !lent || lent.taken || owned.graph.task(task).state !== 'READY') continue
      lent.taken = true
      this.taken++
      owned.graph.assign(task, { agentId, attempt: lent.attempt, ticket: lentTicket(lent.attempt) }, clock.now())
    }
    announcer.announce({ kind: 'tasks', expressionId, tasks: taken.map(({ task }) => task) })
  }

  /** Results of an owned expression were written by others. */
  async settle(owned: OwnedExpression, tasks: readonly number[]): Promise<void> {
    await this.catchUp.run(owned, tasks)
    const done = loansOf(owned, tasks).filter(([task]) => owned.graph.task(task).state === 'SUCCEEDED')
    for (const loan of done) this.unlend(owned, loan)
    await this.remove(owned, done)
    this.offerSoon()
  }

  /** They came back without a result, as it was told: those whose offers are gone. How it went, the failed attempts tell. */
  async revokeAssignments(owned: OwnedExpression, tasks: readonly number[]): Promise<void> {
    const loans = loansOf(owned, tasks).filter(isOffered)
    const isGone = loans.length > 0 ? isMissingIn(await this.standingOffers(), owned) : () => false
    await this.reclaim(owned, loans.filter(isGone))
  }

  /** It is no longer in memory: nothing of it is to be computed for this replica. */
  forget(owned: OwnedExpression): void {
    const loans = [...owned.lent]
    for (const loan of loans) this.unlend(owned, loan)
    if (loans.length > 0) inBackground(this.deps.logger, 'remove offers', () => this.remove(owned, loans))
  }

  /** Finds what hints did not tell: results, returns, replicas that were lost with what they had taken. */
  async sweep(): Promise<void> {
    const { state, store, clock } = this.deps
    const lenders = [...state.owned.values()].filter(({ lent }) => lent.size > 0)
    if (lenders.length === 0) return
    await this.withdraw(longestOfferMs)
    const asked = lenders.map((owned) => ({ owned, loans: [...owned.lent].filter(isOffered) }))
    await store.offers.removeLost()
    const standing = await this.standingOffers()
    for (const { owned, loans } of asked) {
      const isGone = isMissingIn(standing, owned)
      const isLate = ([, { since, durationMs }]: Loan) => clock.now() - since > overdueAfterMs(durationMs)
      const back = loans.filter((loan) => stands(owned, loan) && (isGone(loan) || isLate(loan)))
      if (back.length === 0) continue
      await this.settle(
        owned,
        back.map(([task]) => task),
      )
      const late = back.filter((loan) => stands(owned, loan) && isLate(loan))
      await this.remove(owned, late)
      await this.reclaim(owned, back)
    }
  }

  /** The attempts are over. Meanwhile a task may have been withdrawn and offered anew: that is another loan, and stands. */
  private async reclaim(owned: OwnedExpression, loans: readonly Loan[]): Promise<void> {
    await this.attempts.noteElsewhere(owned)
    for (const loan of loans) {
      if (!stands(owned, loan)) continue
      const [task, { attempt }] = loan
      owned.graph.noteAttempt(task, attempt)
      this.requeue(owned, loan)
    }
  }

  private async standingOffers(): Promise<ReadonlySet<string>> {
    const { replicaId, store } = this.deps
    return namesOf(await store.offers.list(replicaId))
  }

  private async offer(wanted: number): Promise<void> {
    const { state, store, clock, replicaId, announcer } = this.deps
    const offers: { owned: OwnedExpression; loan: Loan; offer: Offer }[] = []
    let characters = 0
    while (offers.length < wanted && characters < charactersAtATime) {
      const next = state.queue.peek((ref) => !isPlaceable(ref))
      if (next === undefined) break
      state.queue.take()
      const { owned, task } = next.ref
      const planned = owned.graph.plan.tasks[task]
      if (planned === undefined) continue
      const attempt = owned.graph.nextAttempt(task)
      const lent: Lent = { attempt, durationMs: next.durationMs, since: clock.now(), offered: false, taken: false }
      owned.lend(task, lent)
      this.lent++
      const { id: expressionId, epoch, ownerId } = owned
      const { durationMs, remainingMs } = next
      const { operation } = planned
      const what = { expressionId, task, attempt, epoch, ownerId, operation, durationMs, remainingMs }
      const operands = owned.graph.operands(task)
      characters += operands.left.length + operands.right.length
      offers.push({ owned, loan: [task, lent], offer: { ...what, ...operands } })
    }
    if (offers.length === 0) return
    try {
      await store.offers.insert(
        replicaId,
        offers.map(({ offer }) => offer),
      )
    } catch (error) {
      for (const { owned, loan } of offers) this.requeue(owned, loan)
      throw error
    }
    for (const { loan } of offers) loan[1].offered = true
    announcer.broadcast({ kind: 'tasksOffered' })
    if (offers.length < wanted && characters >= charactersAtATime) await this.offer(wanted - offers.length)
  }

  private async withdraw(olderThanMs: number): Promise<void> {
    const { replicaId, state, store } = this.deps
    for (const { expressionId, task, attempt } of await store.offers.withdraw(replicaId, olderThanMs)) {
      const owned = state.owned.get(expressionId)
      const lent = owned?.lent.get(task)
      if (owned && lent?.attempt === attempt) this.requeue(owned, [task, lent])
    }
  }

  private requeue(owned: OwnedExpression, loan: Loan): void {
    if (!stands(owned, loan)) return
    const [task, { attempt }] = loan
    this.unlend(owned, loan)
    owned.graph.unassign(task, lentTicket(attempt))
    if (owned.graph.task(task).state === 'READY') this.deps.dispatcher.enqueue(owned, task)
  }

  private unlend(owned: OwnedExpression, [task, { taken }]: Loan): void {
    owned.unlend(task)
    this.lent--
    if (taken) this.taken--
  }

  private async remove(owned: OwnedExpression, loans: readonly Loan[]): Promise<void> {
    if (loans.length === 0) return
    const offers = loans.map(([task, { attempt }]) => ({ expressionId: owned.id, task, attempt }))
    await this.deps.persistent.offers.remove(offers)
  }

  /** One statement at a time: what changes meanwhile is for the next call, and there is always a next one. */
  private run(what: string, run: () => Promise<void>): void {
    if (this.busy) return
    this.busy = true
    inBackground(this.deps.logger, what, () => run().finally(() => (this.busy = false)))
  }
}
