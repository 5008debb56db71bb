import { overdueAfterMs } from '../../domain/tasks/lease.ts'
import type { ClusterMessage, TaskAttempt } from '../../realtime/cluster-message.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { OfferedTask } from '../../store/offers/remove-offers.ts'
import { groupBy } from '../../lists.ts'
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
import type { Handoffs } from './handoffs.ts'

type Assigned = Extract<ClusterMessage, { kind: 'assigned' }>

/**
 * Remote assignments come to an end: their results come by the log, of tasks without one the other replica tells, and a sweep finds what was not
 * heard.
 */
export class RemoteWork {
  readonly #deps: SchedulerDeps
  readonly #attempts: Attempts
  readonly #catchUp: CatchUp
  readonly #handoffs: Handoffs

  constructor(deps: SchedulerDeps, attempts: Attempts, catchUp: CatchUp, handoffs: Handoffs) {
    this.#deps = deps
    this.#attempts = attempts
    this.#catchUp = catchUp
    this.#handoffs = handoffs
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
      else this.#handoffs.noteBrought(owned, attempt, agent)
    }
    this.#announce(owned, tasks)
  }

  #noteClaimed(owned: OwnedExpression, attempt: TaskAttempt, agent: RemoteAgent): void {
    const { clock, state } = this.#deps
    const known = state.remote.find(owned, attempt)
    // Word of a claim that is over, or was heard before, changes nothing.
    if (!known || agentOf(known) || owned.graph.task(attempt.task).state !== 'READY') return
    state.remote.move(known, { kind: 'claimed', agent })
    owned.graph.assign(attempt.task, { ...agent, attempt: attempt.attempt }, clock.now())
  }

  /** Tasks came back without a result, as another replica says. How it went, the failed attempts tell. */
  async noteReleased(owned: OwnedExpression, tasks: readonly TaskAttempt[]): Promise<void> {
    const assignments = tasks.flatMap((attempt) => this.#deps.state.remote.find(owned, attempt) ?? [])
    // A task has not come back as long as its offer stands: it was claimed again.
    const stands = await this.#askWhatStands(assignments.filter(hasOffer))
    await this.#reclaim(
      owned,
      assignments.filter((assignment) => !hasOffer(assignment) || !stands(assignment)),
    )
  }

  /** Results of an owned expression were written by others. */
  async settle(owned: OwnedExpression, tasks: readonly number[]): Promise<void> {
    const { remote } = this.#deps.state
    await this.#catchUp.run(owned, tasks)
    const done = remote.of(owned, tasks).filter(({ task }) => owned.graph.task(task).state === 'SUCCEEDED')
    for (const assignment of done) remote.remove(assignment)
    await this.#removeOffers(done)
  }

  /** The row of an agent has changed: the agent may have left the other replica too. */
  noticeAgent(id: string): void {
    const { logger, state } = this.#deps
    if (state.remote.handedOffTo(id).length === 0) return
    inBackground(logger, 'look for an agent', () => this.#check(state.remote.handedOffTo(id)))
  }

  /** Finds what hints did not tell: results, returns, agents and replicas that were lost, and what is overdue. */
  async sweep(): Promise<void> {
    await this.#check(this.#deps.state.remote.all().filter(({ at }) => at.kind !== 'offering'))
  }

  async #check(asked: readonly RemoteAssignment[]): Promise<void> {
    const { remote } = this.#deps.state
    const stands = await this.#askWhatStands(asked)
    const over = asked.filter((one) => remote.includes(one) && (!stands(one) || this.#isLate(one)))
    for (const [owned, some] of groupBy(over, (one) => one.owned)) {
      await this.settle(
        owned,
        some.map(({ task }) => task),
      )
      await this.#failLate(some.filter((one) => remote.includes(one) && this.#isLate(one)))
      await this.#reclaim(owned, some)
    }
  }

  /** Asks the database which of these stand: by their offers, or by the sessions of their agents. */
  async #askWhatStands(assignments: readonly RemoteAssignment[]): Promise<(assignment: RemoteAssignment) => boolean> {
    const { replicaId, store } = this.#deps
    const offers = new Set<string>()
    if (assignments.some(hasOffer)) {
      await store.offers.removeLost()
      for (const offer of await store.offers.list(replicaId)) offers.add(nameOf(offer))
    }
    const handedOff = assignments.flatMap(({ at }) => (at.kind === 'handedOff' ? [at.agent] : []))
    const agents = new Map(handedOff.map((agent) => [agent.sessionId, agent]))
    const sessions = agents.size > 0 ? await store.presence.findMoved(replicaId, [...agents.values()]) : new Set()
    return ({ at, ...one }) => {
      switch (at.kind) {
        case 'offering':
          return true
        case 'offered':
        case 'claimed':
          return offers.has(nameOf(one))
        case 'handedOff':
          return sessions.has(at.agent.sessionId)
        default:
          return at satisfies never
      }
    }
  }

  /** A task whose claim was not heard of leaves no attempt: nobody can say whose it was. */
  async #failLate(late: readonly RemoteAssignment[]): Promise<void> {
    const { clock, state } = this.#deps
    await this.#removeOffers(late)
    const failed = late.flatMap((assignment) => {
      const agent = agentOf(assignment)
      if (!agent || !state.remote.remove(assignment)) return []
      const message = `No result after ${Math.round((clock.now() - assignment.since) / 1_000)} s.`
      return [{ assignment: asAssignment(assignment, agent), outcome: 'OVERDUE' as const, message }]
    })
    if (failed.length > 0) await this.#attempts.fail(failed)
  }

  /** Tasks come back to their owner. In the meantime one may have been withdrawn and offered anew: that is another assignment, and stands. */
  async #reclaim(owned: OwnedExpression, assignments: readonly RemoteAssignment[]): Promise<void> {
    await this.#attempts.noteElsewhere(owned)
    const back = assignments.filter((one) => this.#deps.state.remote.includes(one))
    for (const assignment of back) {
      owned.graph.noteAttempt(assignment.task, assignment.attempt)
      this.requeue(assignment)
    }
    this.#announce(owned, back)
  }

  /** Puts a task back in line. */
  requeue(assignment: RemoteAssignment): void {
    const { owned, task } = assignment
    if (!this.#deps.state.remote.remove(assignment)) return
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

const nameOf = ({ expressionId, task, attempt }: OfferedTask): string => `${expressionId}:${task}:${attempt}`
