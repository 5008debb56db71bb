import { overdueAfterMs } from '../../domain/tasks/lease.ts'
import type { Attempts, Failed } from './attempts.ts'
import type { SchedulerDeps } from '../placing/deps.ts'

/** Gives tasks that are out for too long to another agent too. The late one keeps what it has: whoever is first counts. */
export async function reassignOverdue({ state, clock }: SchedulerDeps, attempts: Attempts): Promise<void> {
  const now = clock.now()
  const failed: Failed[] = []
  for (const session of state.sessions.values())
    for (const held of session.held.values()) {
      if (held.overdue || held.owned === null || now - held.since < overdueAfterMs(held.durationMs)) continue
      held.overdue = true
      held.owned.noteLate(held.task, held)
      const message = `No result after ${Math.round((now - held.since) / 1_000)} s.`
      failed.push({ held, outcome: 'OVERDUE', message })
    }
  if (failed.length > 0) await attempts.fail(failed)
}
