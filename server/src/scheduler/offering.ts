import { overdueAfterMs } from '../domain/lease.ts'
import { insertOffers } from '../store/offers/insert-offers.ts'
import type { Offer } from '../store/offers/offer.ts'
import { listOffers, removeLostOffers, removeOffers, withdrawOffers } from '../store/offers/remove-offers.ts'
import type { Attempts } from './attempts.ts'
import type { CatchUp } from './catch-up.ts'
import type { SchedulerDeps } from './deps.ts'
import { isPlaceable } from './dispatcher.ts'
import { inBackground } from './in-background.ts'
import { lentTicket, type OwnedExpression } from './owned-expression.ts'
import { persist } from './persist.ts'

/** For each task that is at an agent elsewhere another is on offer, so that there is a next one when its result is on the way. */
const lentPerTaken = 2
/** What nobody has taken by then comes back: others have enough to do, and here it may be the most urgent. */
const longestOfferMs = 1_000
/** The most that one statement offers. */
const atATime = 500

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
      owned.graph.hold(task, { agentId, attempt: lent.attempt, ticket: lentTicket(lent.attempt) }, clock.now())
    }
    announcer.announce({ kind: 'tasks', expressionId, tasks: taken.map(({ task }) => task) })
  }

  /** Results of an owned expression were written by others. */
  async settle(owned: OwnedExpression, tasks: readonly number[]): Promise<void> {
    await this.catchUp.run(owned, tasks)
    const done = tasks.filter((task) => owned.graph.task(task).state === 'SUCCEEDED' && this.unlend(owned, task))
    if (done.length > 0) await this.remove(owned, done)
    this.offerSoon()
  }

  /** They came back without a result: how, the failed attempts tell. */
  async takeBack(owned: OwnedExpression, tasks: readonly number[]): Promise<void> {
    await this.attempts.noteElsewhere(owned)
    for (const task of tasks) {
      const lent = owned.lent.get(task)
      if (lent) owned.graph.noteAttempt(task, lent.attempt)
      this.requeue(owned, task)
    }
  }

  /** It is no longer in memory: nothing of it is to be computed for this replica. */
  forget(owned: OwnedExpression): void {
    const tasks = [...owned.lent.keys()]
    for (const task of tasks) this.unlend(owned, task)
    if (tasks.length > 0) inBackground(this.deps.logger, 'remove offers', () => this.remove(owned, tasks))
  }

  /** Finds what hints did not tell: results, returns, replicas that were lost with what they had taken. */
  async sweep(): Promise<void> {
    const { database, replicaId, state, clock } = this.deps
    const lenders = [...state.owned.values()].filter(({ lent }) => lent.size > 0)
    if (lenders.length === 0) return
    await this.withdraw(longestOfferMs)
    const asked = lenders.map((owned) => ({ owned, tasks: [...owned.lent].filter(([, { offered }]) => offered) }))
    await removeLostOffers(database.pool)
    const rows = new Set(
      (await listOffers(database.pool, replicaId)).map(({ expressionId, task }) => `${expressionId}:${task}`),
    )
    for (const { owned, tasks } of asked) {
      const gone = tasks.filter(([task]) => !rows.has(`${owned.id}:${task}`)).map(([task]) => task)
      const late = tasks
        .filter(([, { since, durationMs }]) => clock.now() - since > overdueAfterMs(durationMs))
        .map(([task]) => task)
      const back = [...new Set([...gone, ...late])]
      if (back.length === 0) continue
      await this.settle(owned, back)
      await this.remove(owned, late)
      await this.takeBack(owned, back)
    }
  }

  private async offer(wanted: number): Promise<void> {
    const { state, clock, database, replicaId, announcer } = this.deps
    const offers: { owned: OwnedExpression; offer: Offer }[] = []
    while (offers.length < wanted) {
      const next = state.queue.peek((ref) => !isPlaceable(ref))
      if (next === undefined) break
      state.queue.take()
      const { owned, task } = next.ref
      const planned = owned.graph.plan.tasks[task]
      if (planned === undefined) continue
      const attempt = owned.graph.nextAttempt(task)
      owned.lend(task, { attempt, durationMs: next.durationMs, since: clock.now(), offered: false, taken: false })
      this.lent++
      const { id: expressionId, epoch, ownerId } = owned
      const { durationMs, remainingMs } = next
      const { operation } = planned
      const what = { expressionId, task, attempt, epoch, ownerId, operation, durationMs, remainingMs }
      offers.push({ owned, offer: { ...what, ...owned.graph.operands(task) } })
    }
    if (offers.length === 0) return
    try {
      await insertOffers(
        database.pool,
        replicaId,
        offers.map(({ offer }) => offer),
      )
    } catch (error) {
      for (const { owned, offer } of offers) this.requeue(owned, offer.task)
      throw error
    }
    for (const { owned, offer } of offers) {
      const lent = owned.lent.get(offer.task)
      if (lent) lent.offered = true
    }
    announcer.announce({ kind: 'tasksOffered' })
  }

  private async withdraw(olderThanMs: number): Promise<void> {
    const { database, replicaId, state } = this.deps
    for (const { expressionId, task } of await withdrawOffers(database.pool, replicaId, olderThanMs)) {
      const owned = state.owned.get(expressionId)
      if (owned) this.requeue(owned, task)
    }
  }

  private requeue(owned: OwnedExpression, task: number): void {
    const lent = owned.lent.get(task)
    if (!lent || !this.unlend(owned, task)) return
    owned.graph.release(task, lentTicket(lent.attempt))
    if (owned.graph.task(task).state === 'READY') this.deps.dispatcher.enqueue(owned, task)
  }

  private unlend(owned: OwnedExpression, task: number): boolean {
    const lent = owned.lent.get(task)
    if (!lent) return false
    owned.unlend(task)
    this.lent--
    if (lent.taken) this.taken--
    return true
  }

  private remove(owned: OwnedExpression, tasks: readonly number[]): Promise<void> {
    const { database, logger } = this.deps
    const offers = tasks.map((task) => ({ expressionId: owned.id, task }))
    return persist(logger, 'remove offers', () => removeOffers(database.pool, offers))
  }

  /** One statement at a time: what changes meanwhile is for the next call, and there is always a next one. */
  private run(what: string, run: () => Promise<void>): void {
    if (this.busy) return
    this.busy = true
    inBackground(this.deps.logger, what, () => run().finally(() => (this.busy = false)))
  }
}
