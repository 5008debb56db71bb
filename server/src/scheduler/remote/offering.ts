import type { Offer } from '../../store/offers/offer.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import { isPlaceable } from '../memory/placeable.ts'
import type { RemoteWork } from './remote-work.ts'

/** For each task that is claimed another is on offer, so that there is a next one when its result is on the way. */
const offersPerClaim = 2
/** An offer that nobody has claimed by then comes back: others have enough to do, and here it may be the most urgent. */
const maxOfferMs = 1_000
/** How much one statement offers, in tasks and in characters of their operands, of which a task can have 40 000. */
const maxBatch = 500
const maxCharacters = 2 ** 20

/**
 * Tasks that this replica cannot place are offered to the others, so that one giant expression uses the agents of all.
 * See docs/decisions/0008.
 */
export class Offering {
  private busy = false
  private readonly deps: SchedulerDeps
  private readonly work: RemoteWork

  constructor(deps: SchedulerDeps, work: RemoteWork) {
    this.deps = deps
    this.work = work
  }

  /** Offers what waits here, if more does than there are slots. */
  offerSoon(): void {
    const { state, dispatcher } = this.deps
    if (state.queue.size === 0 || dispatcher.freeSlots() > 0) return
    const { claimed, offered } = state.remote
    const wanted = Math.min(maxBatch, Math.max(state.freeSlotsElsewhere, offersPerClaim * claimed) - offered)
    if (wanted > 0) this.run('offer tasks', () => this.offer(wanted))
  }

  /** There are free slots here: what nobody has claimed comes back. */
  withdrawSoon(): void {
    const { claimed, offered } = this.deps.state.remote
    if (offered > claimed) this.run('withdraw offers', () => this.withdraw(0))
  }

  /** Offers that nobody has claimed in their time come back. */
  async withdrawOld(): Promise<void> {
    if (this.deps.state.remote.offered > 0) await this.withdraw(maxOfferMs)
  }

  private async offer(wanted: number): Promise<void> {
    const { announcer, replicaId, state, store } = this.deps
    const offers: { readonly owned: OwnedExpression; readonly offer: Offer }[] = []
    let characters = 0
    while (offers.length < wanted && characters < maxCharacters) {
      const next = state.queue.peek((ref) => !isPlaceable(ref))
      if (next === undefined) break
      state.queue.removeNext()
      const { owned, task } = next.ref
      const offer = this.toOffer(owned, task, next)
      if (offer === undefined) continue
      for (const operand of offer.operands) characters += operand.length
      offers.push({ owned, offer })
    }
    if (offers.length === 0) return
    try {
      await store.offers.insert(
        replicaId,
        offers.map(({ offer }) => offer),
      )
    } finally {
      // Where the answer is lost they may stand all the same, and be taken: what did not arrive the next look finds, and takes back.
      for (const { owned, offer } of offers) {
        const assignment = state.remote.find(owned, offer)
        if (assignment?.at.kind === 'offering') state.remote.move(assignment, { kind: 'offered' })
      }
    }
    announcer.broadcast({ kind: 'tasksOffered' })
    if (offers.length < wanted && characters >= maxCharacters) await this.offer(wanted - offers.length)
  }

  private toOffer(
    owned: OwnedExpression,
    task: number,
    { durationMs, remainingMs }: Pick<Offer, 'durationMs' | 'remainingMs'>,
  ): Offer | undefined {
    const planned = owned.graph.plan.tasks[task]
    if (planned === undefined) return undefined
    const { id: expressionId, epoch, ownerId } = owned
    const attempt = { expressionId, task, attempt: owned.graph.nextAttempt(task), epoch }
    const { clock, environment, state } = this.deps
    state.remote.add({ owned, ...attempt, durationMs, since: clock.now(), at: { kind: 'offering' } })
    const { operation } = planned
    const alone = owned.needsAgentAlone(task, environment.MAX_ATTEMPTS)
    return { ...attempt, ownerId, operation, operands: owned.graph.operands(task), durationMs, remainingMs, alone }
  }

  private async withdraw(olderThanMs: number): Promise<void> {
    const { replicaId, state, store } = this.deps
    for (const { expressionId, task, attempt } of await store.offers.withdraw(replicaId, olderThanMs)) {
      const owned = state.owned.get(expressionId)
      if (owned) this.requeue(owned, { task, attempt, epoch: owned.epoch })
    }
  }

  private requeue(owned: OwnedExpression, attempt: Pick<Offer, 'task' | 'attempt' | 'epoch'>): void {
    const assignment = this.deps.state.remote.find(owned, attempt)
    if (assignment && assignment.at.kind !== 'handedOff') this.work.requeue(assignment)
  }

  /** One statement at a time: what changes meanwhile is for the next call, and there is always a next one. */
  private run(what: string, run: () => Promise<void>): void {
    if (this.busy) return
    this.busy = true
    inBackground(this.deps.logger, what, () => run().finally(() => (this.busy = false)))
  }
}
