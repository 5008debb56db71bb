import { durationOf } from '../../domain/operation.ts'
import type { TaskAttempt } from '../../realtime/cluster-message.ts'
import { inBackground } from '../../realtime/in-background.ts'
import { ownedOf, type Assignment } from '../memory/assignment.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { asAssignment, hasOffer, type RemoteAgent } from '../memory/remote-assignment.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Attempts } from '../results/attempts.ts'
import type { CatchUp } from '../results/catch-up.ts'
import type { RemoteBook } from './remote-book.ts'

/** Agents that go to another replica, or come from there, with tasks of expressions that this replica owns. */
export class Handoffs {
  readonly #deps: SchedulerDeps
  readonly #remote: RemoteBook
  readonly #attempts: Attempts
  readonly #catchUp: CatchUp

  constructor(deps: SchedulerDeps, remote: RemoteBook, attempts: Attempts, catchUp: CatchUp) {
    this.#deps = deps
    this.#remote = remote
    this.#attempts = attempts
    this.#catchUp = catchUp
  }

  /** Whether the agent of a session that has lost its socket has come to another replica. */
  async hasLeft(session: Session): Promise<boolean> {
    const { persistent, replicaId } = this.#deps
    return (await persistent.presence.findMoved(replicaId, [session])).has(session.agentId)
  }

  /** An agent is at another replica, with what it was given here. */
  noteLeft(session: Session): void {
    const { agentId, sessionId } = session
    for (const assignment of this.#deps.book.removeAll(session)) {
      const owned = ownedOf(assignment)
      // The owner of any other is told from where the agent has gone.
      if (!owned || owned.isOver || assignment.overdue) continue
      if (owned.graph.task(assignment.task).state !== 'SUCCEEDED')
        this.#add(owned, assignment, { agentId, sessionId, ticket: assignment.ticket })
    }
  }

  /** An agent of another replica says there that it has this task. */
  noteElsewhere(owned: OwnedExpression, attempt: TaskAttempt, agent: RemoteAgent): void {
    const { clock, state } = this.#deps
    const { task, epoch } = attempt
    const planned = owned.graph.plan.tasks[task]
    if (planned === undefined || epoch < owned.retryEpoch || owned.graph.task(task).value !== null) return
    const durationMs = durationOf(state.currentDurations, planned.operation)
    this.#add(owned, { ...attempt, since: clock.now(), durationMs }, agent)
    const isKnown = owned.graph.task(task).assignees.some(({ ticket }) => ticket === agent.ticket)
    if (!isKnown) owned.graph.assign(task, { ...agent, attempt: attempt.attempt }, clock.now())
  }

  /** An agent has come here with this task: it is remote no longer. Returns since when it was, if it was. */
  noteArrived(owned: OwnedExpression, attempt: TaskAttempt): number | undefined {
    const known = owned.remote?.find(attempt)
    if (known === undefined) return undefined
    this.#remote.remove(owned, known)
    if (hasOffer(known))
      inBackground(this.#deps.logger, 'remove an offer', () => this.#deps.persistent.offers.remove([known]))
    return known.since
  }

  /** What an agent that comes back no longer names it may have returned to another replica: then the log has it. */
  async learnResults(agentId: string, earlier: Session | undefined, named: ReadonlySet<string>): Promise<void> {
    const tasks = new Map<OwnedExpression, number[]>()
    const note = (owned: OwnedExpression, task: number) => tasks.set(owned, [...(tasks.get(owned) ?? []), task])
    for (const assignment of earlier?.assignments.values() ?? []) {
      const owned = ownedOf(assignment)
      if (owned && !named.has(assignment.ticket)) note(owned, assignment.task)
    }
    for (const { owned, assignment, agent } of this.#remote.handedOffTo(agentId))
      if (!named.has(agent.ticket)) note(owned, assignment.task)
    for (const [owned, some] of tasks) await this.#catchUp.run(owned, some)
  }

  /** An agent has come back without these, and they are not in the log: they never arrived, or came back elsewhere. */
  handBackUnnamed({ agentId, sessionId }: Session, named: ReadonlySet<string>): void {
    const back = this.#remote
      .handedOffTo(agentId)
      .filter(({ agent }) => agent.sessionId === sessionId && !named.has(agent.ticket))
    for (const { owned, assignment } of back) this.#remote.remove(owned, assignment)
    this.#attempts.handBack(back.map(({ owned, assignment, agent }) => asAssignment(owned, assignment, agent)))
  }

  #add(
    owned: OwnedExpression,
    { task, attempt, epoch, since, durationMs }: TaskAttempt & Pick<Assignment, 'since' | 'durationMs'>,
    agent: RemoteAgent,
  ): void {
    const known = owned.remote?.find({ task, attempt, epoch })
    if (known?.at.kind === 'handedOff') return
    // One that was claimed from an offer stands by the session of its agent from here on.
    if (known) this.noteArrived(owned, known)
    this.#remote.add(owned, {
      ...{ expressionId: owned.id, task, attempt, epoch, since, durationMs },
      at: { kind: 'handedOff', agent },
    })
  }
}
