import { overdueAfterMs } from '../../domain/tasks/lease.ts'
import type { ClusterMessage, TaskAttempt } from '../../realtime/cluster-message.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import {
  agentOf,
  asAssignment,
  hasOffer,
  type RemoteAgent,
  type RemoteAssignment,
} from '../memory/remote-assignment.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Attempts } from '../results/attempts.ts'
import type { CatchUp } from '../results/catch-up.ts'
import { findStanding } from './find-standing.ts'
import type { Handoffs } from './handoffs.ts'
import type { RemoteBook } from './remote-book.ts'

type Assigned = Extract<ClusterMessage, { kind: 'assigned' }>

interface Parts {
  readonly remote: RemoteBook
  readonly attempts: Attempts
  readonly catchUp: CatchUp
  readonly handoffs: Handoffs
}

/**
 * What becomes of remote assignments: results come by the log, what comes back without one the other replica tells, and a sweep finds
 * what was not heard.
 */
export class RemoteWork {
  readonly #deps: SchedulerDeps
  readonly #parts: Parts

  constructor(deps: SchedulerDeps, parts: Parts) {
    this.#deps = deps
    this.#parts = parts
  }

  /** An agent of another replica was given these tasks, or has brought them along. */
  noteAssigned(owned: OwnedExpression, { agentId, sessionId, by, tasks }: Assigned): void {
    const { state, tickets } = this.#deps
    const session = state.sessions.get(agentId)
    // An agent that is here tells for itself.
    if (session?.place.kind === 'here' || (session && session.sessionId !== sessionId)) return
    for (const attempt of tasks) {
      const ticket = tickets.issue({ expressionId: owned.id, ...attempt }, agentId)
      if (session?.assignments.has(ticket)) continue
      const agent = { agentId, sessionId, ticket }
      if (by === 'offer') this.#noteClaimed(owned, attempt, agent)
      else this.#parts.handoffs.noteElsewhere(owned, attempt, agent)
    }
    this.#announce(owned, tasks)
  }

  #noteClaimed(owned: OwnedExpression, attempt: TaskAttempt, agent: RemoteAgent): void {
    const known = owned.remote?.find(attempt)
    // Word of a claim that is over, or was heard before, changes nothing.
    if (!known || agentOf(known) || owned.graph.task(attempt.task).state !== 'READY') return
    this.#parts.remote.move(owned, known, { kind: 'claimed', agent })
    owned.graph.assign(attempt.task, { ...agent, attempt: attempt.attempt }, this.#deps.clock.now())
  }

  /** These came back without a result, as another replica says. How it went, the failed attempts tell. */
  async noteReleased(owned: OwnedExpression, tasks: readonly TaskAttempt[]): Promise<void> {
    const assignments = tasks.flatMap((attempt) => owned.remote?.find(attempt) ?? [])
    // A task has not come back as long as its offer stands: it was claimed again.
    const stands = await findStanding(this.#deps, assignments.filter(hasOffer))
    await this.#reclaim(
      owned,
      assignments.filter((assignment) => !hasOffer(assignment) || !stands(assignment)),
    )
  }

  /** Results of an owned expression were written by others. */
  async settle(owned: OwnedExpression, tasks: readonly number[]): Promise<void> {
    await this.#parts.catchUp.run(owned, tasks)
    const done = (owned.remote?.ofTasks(tasks) ?? []).filter(({ task }) => owned.graph.task(task).state === 'SUCCEEDED')
    for (const assignment of done) this.#parts.remote.remove(owned, assignment)
    await this.#removeOffers(done)
  }

  /** The expression is no longer in memory: nothing of it is to be computed for this replica. */
  forget(owned: OwnedExpression): void {
    const assignments = owned.remote?.all() ?? []
    for (const assignment of assignments) this.#parts.remote.remove(owned, assignment)
    if (assignments.some(hasOffer))
      inBackground(this.#deps.logger, 'remove offers', () => this.#removeOffers(assignments))
  }

  /** The row of an agent has changed: the agent may have left the other replica too. */
  noticeAgent(id: string): void {
    if (!this.#parts.remote.isHandedOffTo(id)) return
    const isOfAgent = ({ at }: RemoteAssignment) => at.kind === 'handedOff' && at.agent.agentId === id
    inBackground(this.#deps.logger, 'look for an agent', () => this.sweep(isOfAgent))
  }

  /** Finds what hints did not tell: results, returns, agents and replicas that were lost, and what is overdue. */
  async sweep(isAsked: (assignment: RemoteAssignment) => boolean = () => true): Promise<void> {
    const asked = this.#parts.remote.expressions().map((owned) => ({
      owned,
      assignments: owned
        .elsewhere()
        .all()
        .filter((one) => one.at.kind !== 'offering' && isAsked(one)),
    }))
    const all = asked.flatMap(({ assignments }) => assignments)
    if (all.some(hasOffer)) await this.#deps.store.offers.removeLost()
    const stands = await findStanding(this.#deps, all)
    for (const { owned, assignments } of asked) {
      const over = assignments.filter((one) => owned.remote?.includes(one) && (!stands(one) || this.#isLate(one)))
      if (over.length > 0) await this.#giveUp(owned, over)
    }
  }

  async #giveUp(owned: OwnedExpression, over: readonly RemoteAssignment[]): Promise<void> {
    await this.settle(
      owned,
      over.map(({ task }) => task),
    )
    const late = over.filter((one) => owned.remote?.includes(one) && this.#isLate(one))
    await this.#removeOffers(late)
    await this.#failLate(owned, late)
    await this.#reclaim(owned, over)
  }

  /** Whose attempt it was nobody can say of a task whose claim was not heard of. */
  async #failLate(owned: OwnedExpression, late: readonly RemoteAssignment[]): Promise<void> {
    const now = this.#deps.clock.now()
    const failed = late.flatMap((assignment) => {
      const agent = agentOf(assignment)
      if (!agent || !this.#parts.remote.remove(owned, assignment)) return []
      const message = `No result after ${Math.round((now - assignment.since) / 1_000)} s.`
      return [{ assignment: asAssignment(owned, assignment, agent), outcome: 'OVERDUE' as const, message }]
    })
    if (failed.length > 0) await this.#parts.attempts.fail(failed)
  }

  /** Tasks come back to their owner. In the meantime one may have been withdrawn and offered anew: that is another assignment, and stands. */
  async #reclaim(owned: OwnedExpression, assignments: readonly RemoteAssignment[]): Promise<void> {
    await this.#parts.attempts.noteElsewhere(owned)
    const standing = assignments.filter((one) => owned.remote?.includes(one))
    for (const assignment of standing) {
      owned.graph.noteAttempt(assignment.task, assignment.attempt)
      this.requeue(owned, assignment)
    }
    this.#announce(owned, standing)
  }

  /** Puts a task back in line. */
  requeue(owned: OwnedExpression, assignment: RemoteAssignment): void {
    if (!this.#parts.remote.remove(owned, assignment)) return
    const { task } = assignment
    const agent = agentOf(assignment)
    if (agent) owned.graph.unassign(task, agent.ticket)
    if (owned.graph.task(task).state === 'READY') this.#deps.dispatcher.enqueue(owned, task)
  }

  #isLate({ since, durationMs }: RemoteAssignment): boolean {
    return this.#deps.clock.now() - since > overdueAfterMs(durationMs)
  }

  async #removeOffers(assignments: readonly RemoteAssignment[]): Promise<void> {
    const offers = assignments.filter(hasOffer)
    if (offers.length > 0) await this.#deps.persistent.offers.remove(offers)
  }

  #announce({ id: expressionId }: OwnedExpression, changed: readonly TaskAttempt[]): void {
    if (changed.length > 0)
      this.#deps.announcer.announce({ kind: 'tasks', expressionId, tasks: changed.map(({ task }) => task) })
  }
}
