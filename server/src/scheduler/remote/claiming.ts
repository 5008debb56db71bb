import { inBackground } from '../../realtime/in-background.ts'
import type { Offer } from '../../store/offers/offer.ts'
import { groupBy } from '../../lists.ts'
import type { Assignment } from '../memory/assignment.ts'
import { firstEpoch } from '../memory/owned-expression.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Attempts } from '../results/attempts.ts'
import { announceAssigned } from './foreign-assignments.ts'

/** How many offers one statement claims. */
const maxBatch = 500

/** How many expressions are remembered as claimed from, before the set is made anew of what agents have. */
const maxRemembered = 1_000

/** Free slots here are for tasks that other replicas offer. */
export class Claiming {
  /** Whether there may be offers; a look that finds fewer than it has slots for says there are none. */
  private mayFind = false
  private busy = false
  /** Expressions of which agents here have claimed tasks, or had. */
  private claimedFrom = new Set<string>()
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

  /** Claims offered tasks, if there are slots that have nothing else to do. */
  look(): void {
    if (this.busy || !this.mayFind || this.deps.state.othersStats().length === 0) return
    this.busy = true
    inBackground(this.deps.logger, 'claim offers', async () => {
      try {
        while (this.mayFind && (await this.claim()));
      } finally {
        this.busy = false
      }
    })
  }

  /**
   * The expression has ended, or left its owner: nobody waits for its tasks.
   * @param before only for those of an earlier epoch than this
   */
  revoke(expressionId: string, before = Infinity): void {
    // Each expression of all replicas comes by here when it ends.
    if (!this.claimedFrom.delete(expressionId)) return
    this.deps.dispatcher.solitude.forget((offer) => offer.expressionId === expressionId && offer.epoch < before)
    for (const { assignments } of this.deps.state.sessions.values()) {
      const claimed = [...assignments.values()].filter(
        (one) => one.of.kind === 'offered' && one.expressionId === expressionId,
      )
      if (claimed.some(({ epoch }) => epoch >= before)) this.claimedFrom.add(expressionId)
      this.deps.dispatcher.revoke(claimed.filter(({ epoch }) => epoch < before))
    }
  }

  /** Agents here may have these tasks of an expression that another replica owns, which has no use for them any more. */
  revokeTasks(expressionId: string, tasks: ReadonlySet<number>): void {
    this.deps.dispatcher.solitude.forget((offer) => offer.expressionId === expressionId && tasks.has(offer.task))
    for (const { assignments } of this.deps.state.sessions.values())
      this.deps.dispatcher.revoke(
        [...assignments.values()].filter(
          (one) => one.of.kind !== 'owned' && one.expressionId === expressionId && tasks.has(one.task),
        ),
      )
  }

  /** Returns whether there may be more to claim. */
  private async claim(): Promise<boolean> {
    const { dispatcher, state } = this.deps
    const limit = Math.min(maxBatch, dispatcher.freeSlots())
    if (limit === 0 || state.queue.size > 0) return false
    this.mayFind = false
    const offers = await this.take(limit)
    if (offers.length === limit) this.mayFind = true
    this.remember(offers)
    const held = findHeld(state.sessions.values(), offers)
    for (const { session, assignment } of held.values()) announceAssigned(this.deps, session, 'session', [assignment])
    // What is offered by another and owned here was taken from this replica while it stood still: until it hears of that, its agents may have the very task.
    const wanted = new Set(offers.filter((offer) => !held.has(offer) && !state.owned.has(offer.expressionId)))
    const given = dispatcher.placeOffers([...wanted])
    for (const [session, some] of groupBy(given, ([, session]) => session))
      announceAssigned(
        this.deps,
        session,
        'offer',
        some.map(([offer]) => offer),
      )
    // So they go back, as do those whose agents have left in the meantime; not what waits for an agent, or what is known to be at one by now.
    const isAtAgent = (offer: Offer) => given.has(offer) || isSame(offer, held.get(offer)?.assignment)
    const stays = (offer: Offer) => isAtAgent(offer) || (offer.alone && wanted.has(offer))
    const left = offers.filter((offer) => !stays(offer))
    if (left.length > 0) await this.attempts.returnOffers(left)
    return left.length === 0
  }

  private async take(limit: number): Promise<readonly Offer[]> {
    const { ids, replicaId, store } = this.deps
    const claimId = ids.next()
    try {
      return await store.offers.claim(replicaId, claimId, limit)
    } catch (error) {
      // The answer alone may be lost: what was taken would be at no agent, and nobody would know.
      await this.attempts.returnClaim(claimId)
      throw error
    }
  }

  private remember(offers: Iterable<Offer>): void {
    for (const { expressionId } of offers) this.claimedFrom.add(expressionId)
    if (this.claimedFrom.size <= maxRemembered) return
    // Some have ended without a word of it.
    const assignments = [...this.deps.state.sessions.values()].flatMap((session) => [...session.assignments.values()])
    const claimed = assignments.filter(({ of }) => of.kind === 'offered')
    this.claimedFrom = new Set(claimed.map(({ expressionId }) => expressionId))
  }
}

/** Agents that have a task already that is offered: it was left with them when its expression went to another replica, which never heard of it. */
function findHeld(sessions: Iterable<Session>, offers: readonly Offer[]) {
  const held = new Map<Offer, { readonly session: Session; readonly assignment: Assignment }>()
  const offered = new Map(offers.filter(isOfAnother).map((offer) => [nameOf(offer), offer]))
  if (offered.size === 0) return held
  for (const session of sessions)
    for (const assignment of session.assignments.values()) {
      const offer = assignment.of.kind === 'foreign' ? offered.get(nameOf(assignment)) : undefined
      if (offer) held.set(offer, { session, assignment })
    }
  return held
}

/** Only of an expression that has had another owner can anything be left. */
const isOfAnother = ({ epoch }: Offer): boolean => epoch > firstEpoch

const nameOf = ({ expressionId, task }: Pick<Offer, 'expressionId' | 'task'>): string => `${expressionId}:${task}`

const isSame = (offer: Offer, assignment: Assignment | undefined): boolean =>
  assignment?.attempt === offer.attempt && assignment.epoch === offer.epoch
