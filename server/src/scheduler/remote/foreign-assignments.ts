import type { Announcer } from '../../realtime/announcer.ts'
import type { TaskAttempt } from '../../realtime/cluster-message.ts'
import type { Assignment } from '../memory/assignment.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerDeps } from '../placing/deps.ts'

/** An agent that has come tells the owners of what it brings along, so that they give none of it to others. */
export const announceForeign = ({ announcer }: SchedulerDeps, session: Session): void =>
  announceAssigned(
    announcer,
    session,
    'session',
    [...session.assignments.values()].filter(({ of }) => of.kind === 'foreign'),
  )

/** A replica that has taken expressions over asks what agents here have of them, and is told of the end of the answer too. */
export function answerWanted({ announcer, replicaId, state }: SchedulerDeps, expressionIds: readonly string[]): void {
  const wanted = new Set(expressionIds)
  for (const session of state.sessions.values())
    announceAssigned(
      announcer,
      session,
      'session',
      [...session.assignments.values()].filter(
        ({ expressionId, of }) => of.kind !== 'owned' && wanted.has(expressionId),
      ),
    )
  announcer.broadcast({ kind: 'assignmentsTold', replicaId })
}

/** @param by how the agent came by them, and so what tells their owner whether they stand */
export function announceAssigned(
  announcer: Announcer,
  { agentId, sessionId }: Session,
  by: 'offer' | 'session',
  assignments: readonly Pick<Assignment, 'expressionId' | 'task' | 'attempt' | 'epoch'>[],
): void {
  for (const [expressionId, tasks] of byExpression(assignments))
    announcer.broadcast({ kind: 'assigned', agentId, sessionId, by, expressionId, tasks })
}

export function byExpression(
  assignments: readonly Pick<Assignment, 'expressionId' | 'task' | 'attempt' | 'epoch'>[],
): ReadonlyMap<string, readonly TaskAttempt[]> {
  const attempts = new Map<string, TaskAttempt[]>()
  for (const { expressionId, task, attempt, epoch } of assignments) {
    const some = attempts.get(expressionId) ?? []
    attempts.set(expressionId, some)
    some.push({ task, attempt, epoch })
  }
  return attempts
}
