import { attemptOf, type Assignment } from '../memory/assignment.ts'
import { groupBy } from '../../lists.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { ForeignResults } from '../results/foreign-results.ts'

/** An agent that has come tells the owners of what it brings along, so that they give none of it to others. */
export function announceForeign(deps: SchedulerDeps, session: Session): void {
  const brought = [...session.assignments.values()].filter(({ of }) => of.kind === 'foreign')
  announceAssigned(deps, session, 'session', brought)
}

/** A replica that has taken expressions over asks what agents here have of them, and is told of the end of the answer too. */
export async function answerWanted(
  deps: SchedulerDeps,
  foreignResults: ForeignResults,
  expressionIds: readonly string[],
): Promise<void> {
  const wanted = new Set(expressionIds)
  const isWanted = ({ of, expressionId }: Assignment) => of.kind !== 'owned' && wanted.has(expressionId)
  for (const session of deps.state.sessions.values())
    announceAssigned(deps, session, 'session', [...session.assignments.values()].filter(isWanted))
  // Results that have come are no agent's any more: they are to be in the log before it is said that all is told.
  await Promise.all(expressionIds.map((id) => foreignResults.settle(id)))
  deps.announcer.broadcast({ kind: 'assignmentsTold', replicaId: deps.replicaId })
}

/** @param by how the agent came by them, and so what tells their owner whether they stand */
export function announceAssigned(
  { announcer }: SchedulerDeps,
  { agentId, sessionId }: Session,
  by: 'offer' | 'session',
  assignments: readonly Pick<Assignment, 'expressionId' | 'task' | 'attempt' | 'epoch'>[],
): void {
  for (const [expressionId, some] of groupBy(assignments, (one) => one.expressionId))
    announcer.broadcast({ kind: 'assigned', agentId, sessionId, by, expressionId, tasks: some.map(attemptOf) })
}
