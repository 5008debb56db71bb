import { findUnfinished } from '../store/expressions/is-unfinished.ts'
import type { Attempts } from './attempts.ts'
import type { SchedulerDeps } from './deps.ts'
import type { OwnedExpression } from './owned-expression.ts'
import type { Held, Session } from './session.ts'

/**
 * Makes what the server thinks an agent holds and what the agent says it holds the same. What was on its way when the socket closed
 * goes back in line; what the agent got from another replica, or before a crash, it keeps.
 * @returns the tickets that the agent may drop: their tasks are settled, or they were never valid
 */
export async function resumeHeld(
  deps: SchedulerDeps,
  attempts: Attempts,
  session: Session,
  tickets: readonly string[],
): Promise<string[]> {
  const named = new Set(tickets)
  const neverArrived = [...session.held.values()].filter(({ ticket }) => !named.has(ticket))
  for (const { ticket } of neverArrived) session.held.delete(ticket)
  attempts.handBack(neverArrived.filter(({ overdue }) => !overdue))

  const revoked: string[] = []
  const foreign: Held[] = []
  for (const ticket of named) {
    if (session.held.has(ticket)) continue
    const held = toHeld(deps, session.agentId, ticket)
    if (held === undefined) revoked.push(ticket)
    else if (held.owned === null) foreign.push(held)
    else if (!hold(held.owned, session, held)) revoked.push(ticket)
  }
  for (const held of foreign) session.held.set(held.ticket, held)
  session.revision++
  return [...revoked, ...(await dropFinished(deps, session, foreign))]
}

/** Gives back to the agents that are here what they hold of an expression that was just taken in. */
export function claimHeld({ state }: SchedulerDeps, owned: OwnedExpression): void {
  for (const session of state.sessions.values())
    for (const held of [...session.held.values()]) {
      if (held.expressionId !== owned.id || held.owned !== null) continue
      if (hold(owned, session, held)) continue
      session.held.delete(held.ticket)
      session.attachment?.outbox.revoke(held.ticket)
    }
}

function toHeld({ tickets, state, clock }: SchedulerDeps, agentId: string, ticket: string): Held | undefined {
  const claim = tickets.verify(ticket, agentId)
  if (claim === undefined) return undefined
  const owned = state.owned.get(claim.expressionId) ?? null
  return { ...claim, ticket, owned, since: clock.now(), durationMs: 0, overdue: false }
}

/** Takes note that an agent computes a task. False where there is nothing left to compute. */
function hold(owned: OwnedExpression, session: Session, held: Held): boolean {
  if (owned.ended || held.task >= owned.graph.tasks.length) return false
  if (owned.graph.task(held.task).value !== null) return false
  const { agentId } = session
  owned.graph.hold(held.task, { agentId, attempt: held.attempt, ticket: held.ticket }, held.since)
  held.owned = owned
  session.held.set(held.ticket, held)
  return true
}

/** Of expressions that nobody here owns the database knows whether they have ended. */
async function dropFinished(deps: SchedulerDeps, session: Session, foreign: readonly Held[]): Promise<string[]> {
  if (foreign.length === 0) return []
  const unfinished = await findUnfinished(deps.database, [...new Set(foreign.map(({ expressionId }) => expressionId))])
  const finished = foreign.filter(({ expressionId }) => !unfinished.has(expressionId)).map(({ ticket }) => ticket)
  for (const ticket of finished) session.held.delete(ticket)
  return finished
}
