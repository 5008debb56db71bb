import type { MovedAgent, TakenTask } from '../../realtime/cluster-message.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Assignment } from '../memory/assignment.ts'
import type { Session } from '../memory/session.ts'

/**
 * What agents have brought along of expressions that other replicas own: those are told, so that they give none of it to others. Told when
 * an agent comes, and again to a replica that asks because it has taken an expression over.
 */
export class BroughtAlong {
  private readonly deps: SchedulerDeps

  constructor(deps: SchedulerDeps) {
    this.deps = deps
  }

  /** An agent has come. */
  tell(session: Session): void {
    this.tellOf(session, () => true)
  }

  /** A replica asks. It is told of the end of the answer, too. */
  answer(expressionIds: readonly string[]): void {
    const { announcer, replicaId, state } = this.deps
    const wanted = new Set(expressionIds)
    for (const session of state.sessions.values())
      if (session.place.kind !== 'elsewhere') this.tellOf(session, ({ expressionId }) => wanted.has(expressionId))
    announcer.broadcast({ kind: 'holdersTold', replicaId })
  }

  private tellOf(session: Session, isWanted: (assignment: Assignment) => boolean): void {
    const { agentId, tokenId, sessionId, name, slots } = session
    const agent: MovedAgent = { agentId, tokenId, sessionId, name, slots }
    const byExpression = new Map<string, TakenTask[]>()
    for (const assignment of session.assignments.values()) {
      const { expressionId, task, attempt, epoch, of } = assignment
      if (of.kind !== 'foreign' || !isWanted(assignment)) continue
      byExpression.set(expressionId, [...(byExpression.get(expressionId) ?? []), { task, attempt, epoch }])
    }
    for (const [expressionId, held] of byExpression)
      this.deps.announcer.broadcast({ kind: 'heldElsewhere', agent, expressionId, held })
  }
}
