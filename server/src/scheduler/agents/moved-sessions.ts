import type { MovedAgent, TakenTask } from '../../realtime/cluster-message.ts'
import type { Attempts } from '../results/attempts.ts'
import type { CatchUp } from '../results/catch-up.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { claim } from './resume.ts'
import { elsewhere, newSession, type Session } from '../memory/session.ts'
import { ownedOf } from '../memory/assignment.ts'

/**
 * Sessions that their agents have taken to another replica, with what they were given here. The tasks stay theirs: their results come by
 * the log, and what comes of the session is told by its row, or sooner by the other replica.
 */
export class MovedSessions {
  private readonly deps: SchedulerDeps
  private readonly attempts: Attempts
  private readonly catchUp: CatchUp

  constructor(deps: SchedulerDeps, attempts: Attempts, catchUp: CatchUp) {
    this.deps = deps
    this.attempts = attempts
    this.catchUp = catchUp
  }

  /** Whether the agent of a session that has lost its socket has come to another replica. */
  async has(session: Session): Promise<boolean> {
    const { persistent, replicaId } = this.deps
    return (await persistent.presence.findMoved(replicaId, [session])).has(session.agentId)
  }

  /** Those whose agents have left the other replica too: they are over. What holds nothing of this replica is forgotten. */
  async findOver(): Promise<Session[]> {
    const { replicaId, state, store } = this.deps
    const moved = [...state.sessions.values()].filter(isElsewhere)
    if (moved.length === 0) return []
    const standing = await store.presence.findMoved(replicaId, moved)
    for (const session of moved)
      if (isElsewhere(session) && [...session.assignments.values()].every(({ of }) => of.kind === 'foreign'))
        state.sessions.delete(session.agentId)
    return moved.filter((session) => isElsewhere(session) && !standing.has(session.agentId))
  }

  /** An agent of another replica holds these. */
  note(agent: MovedAgent, owned: OwnedExpression, tasks: readonly TakenTask[]): void {
    const { clock, state, tickets } = this.deps
    const known = state.sessions.get(agent.agentId)
    // One that is here tells for itself.
    if (known?.place.kind === 'here' || (known && known.sessionId !== agent.sessionId)) return
    const session = known ?? { ...newSession(agent.agentId, agent), place: elsewhere }
    state.sessions.set(agent.agentId, session)
    for (const { task, attempt, epoch } of tasks) {
      const { id: expressionId } = owned
      const ticket = tickets.issue({ expressionId, task, attempt, epoch }, agent.agentId)
      if (session.assignments.has(ticket)) continue
      const since = clock.now()
      const what = { agentId: agent.agentId, ticket, expressionId, task, attempt, epoch, of: owned.origin }
      claim(this.deps, owned, session, { ...what, since, durationMs: 0, overdue: false })
    }
    this.deps.announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: tasks.map(({ task }) => task) })
  }

  /** Their agents have given these back, without a result, at the other replica. */
  giveBack(owned: OwnedExpression, tasks: readonly number[]): void {
    const { book, state } = this.deps
    for (const session of state.sessions.values()) {
      if (!isElsewhere(session)) continue
      const back = [...session.assignments.values()].filter((one) => ownedOf(one) === owned && tasks.includes(one.task))
      for (const { ticket } of back) book.remove(session, ticket)
      this.attempts.handBack(back)
    }
  }

  /** What an agent that comes back no longer names it may have returned to another replica: then the log has it. */
  async learnResults(session: Session, named: readonly string[]): Promise<void> {
    const known = new Set(named)
    const tasks = new Map<OwnedExpression, number[]>()
    for (const assignment of session.assignments.values()) {
      const { ticket, task } = assignment
      const owned = ownedOf(assignment)
      if (owned && !known.has(ticket)) tasks.set(owned, [...(tasks.get(owned) ?? []), task])
    }
    for (const [owned, some] of tasks) await this.catchUp.run(owned, some)
  }
}

const isElsewhere = ({ place }: Session): boolean => place.kind === 'elsewhere'
