import type { Session } from '../memory/session.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Attempts } from '../results/attempts.ts'

/**
 * An agent is about to leave: it is given nothing more. What it does not name it has not begun, or not even received, and others compute it; no
 * attempt of it was made.
 */
export function prepareLeaving(
  { announcer, book }: SchedulerDeps,
  attempts: Attempts,
  session: Session,
  heldTickets: readonly string[],
): void {
  session.draining = true
  const held = new Set(heldTickets)
  const unbegun = [...session.assignments.values()].filter(({ ticket }) => !held.has(ticket))
  for (const { ticket } of unbegun) book.remove(session, ticket)
  attempts.handBack(unbegun.filter(({ overdue }) => !overdue))
  announcer.signal({ kind: 'stats' })
}
