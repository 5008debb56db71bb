import { overdueAfterMs } from '../../domain/tasks/lease.ts'
import type { Attempts, Failed } from './attempts.ts'
import { ownedOf } from '../memory/assignment.ts'
import type { SchedulerDeps } from '../placing/deps.ts'

/** Gives tasks that are out for too long to another agent too. The late one keeps what it has: whoever is first counts. */
export async function reassignOverdue({ state, clock }: SchedulerDeps, attempts: Attempts): Promise<void> {
  const now = clock.now()
  const failed: Failed[] = []
  for (const session of state.sessions.values())
    for (const assignment of session.assignments.values()) {
      const owned = ownedOf(assignment)
      if (assignment.overdue || owned === null || now - assignment.since < overdueAfterMs(assignment.durationMs))
        continue
      assignment.overdue = true
      owned.noteLate(assignment.task, assignment)
      const message = `No result after ${Math.round((now - assignment.since) / 1_000)} s.`
      failed.push({ assignment, outcome: 'OVERDUE', message })
    }
  if (failed.length > 0) await attempts.fail(failed)
}
