import { durationOf } from '../../domain/operation.ts'
import type { TaskAttempt } from '../../realtime/cluster-message.ts'
import { inBackground } from '../../realtime/in-background.ts'
import { ownedOf, type Assignment } from '../memory/assignment.ts'
import { groupBy } from '../../lists.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { agentOf, asAssignment, hasOffer, type RemoteAgent } from '../memory/remote-assignment.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Attempts } from '../results/attempts.ts'
import type { CatchUp } from '../results/catch-up.ts'

/** Agents that go to another replica, or come from there, with tasks of expressions that this replica owns. See docs/decisions/0010. */
export class Handoffs {
  readonly #deps: SchedulerDeps
  readonly #attempts: Attempts
  readonly #catchUp: CatchUp

  constructor(deps: SchedulerDeps, attempts: Attempts, catchUp: CatchUp) {
    this.#deps = deps
    this.#attempts = attempts
    this.#catchUp = catchUp
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

  /** An agent of another replica says there that it has brought this task along. */
  noteBrought(owned: OwnedExpression, attempt: TaskAttempt, agent: RemoteAgent): void {
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
    const { logger, persistent, state } = this.#deps
    const known = state.remote.find(owned, attempt)
    if (known === undefined) return undefined
    state.remote.remove(known)
    if (hasOffer(known)) inBackground(logger, 'remove an offer', () => persistent.offers.remove([known]))
    return known.since
  }

  /** A task that an agent no longer names when it comes back may have been returned to another replica: then the log has its result. */
  async learnResults(agentId: string, earlier: Session | undefined, named: ReadonlySet<string>): Promise<void> {
    const here = [...(earlier?.assignments.values() ?? [])].map((one) => ({ ...one, owned: ownedOf(one) }))
    const elsewhere = this.#deps.state.remote.handedOffTo(agentId).map((one) => ({ ...one, ...agentOf(one) }))
    const unnamed = [...here, ...elsewhere].filter(({ ticket }) => !named.has(ticket ?? ''))
    for (const [owned, some] of groupBy(unnamed, (one) => one.owned))
      if (owned)
        await this.#catchUp.run(
          owned,
          some.map(({ task }) => task),
        )
  }

  /** An agent has come back without these, and they are not in the log: they never arrived, or came back elsewhere. */
  handBackUnnamed({ agentId, sessionId }: Session, named: ReadonlySet<string>): void {
    const { remote } = this.#deps.state
    const back = remote.handedOffTo(agentId).flatMap((one) => {
      const agent = agentOf(one)
      if (agent?.sessionId !== sessionId || named.has(agent.ticket)) return []
      remote.remove(one)
      return [asAssignment(one, agent)]
    })
    this.#attempts.handBack(back)
  }

  #add(
    owned: OwnedExpression,
    { task, attempt, epoch, since, durationMs }: TaskAttempt & Pick<Assignment, 'since' | 'durationMs'>,
    agent: RemoteAgent,
  ): void {
    const { remote } = this.#deps.state
    const known = remote.find(owned, { task, attempt, epoch })
    if (known?.at.kind === 'handedOff') return
    // An assignment that was claimed from an offer stands by the session of its agent from here on.
    if (known) this.noteArrived(owned, known)
    const at = { kind: 'handedOff', agent } as const
    remote.add({ owned, expressionId: owned.id, task, attempt, epoch, since, durationMs, at })
  }
}
