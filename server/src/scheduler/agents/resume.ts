import { maxDurationMs } from '../../domain/operation.ts'
import type { Attempts } from '../results/attempts.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import type { Held, Session } from '../memory/session.ts'
import { takeBack } from '../placing/take-back.ts'
import type { TicketClaim } from '../memory/ticket.ts'

/**
 * Of the tickets that an agent holds of expressions that this replica does not own, those whose expression has ended: the database
 * knows.
 */
export async function findFinishedTickets(
  { state, store, tickets }: SchedulerDeps,
  agentId: string,
  held: readonly string[],
): Promise<ReadonlySet<string>> {
  const foreign = new Map<string, TicketClaim>()
  for (const ticket of held) {
    const claim = tickets.verify(ticket, agentId)
    if (claim && !state.owned.has(claim.expressionId)) foreign.set(ticket, claim)
  }
  if (foreign.size === 0) return new Set()
  const claims = [...foreign.values()]
  const unfinished = await store.ownership.findUnfinished([...new Set(claims.map(({ expressionId }) => expressionId))])
  // Given out before a retry, a ticket has ended with what it was given out for.
  const isWanted = ({ expressionId, epoch }: TicketClaim) => epoch >= (unfinished.get(expressionId) ?? Infinity)
  return new Set([...foreign].flatMap(([ticket, claim]) => (isWanted(claim) ? [] : [ticket])))
}

/**
 * Makes what the server thinks an agent holds and what the agent says it holds the same. What was on its way when the socket closed
 * goes back in line; what the agent got from another replica, or before a crash, it keeps.
 * @param finished tickets of expressions that have ended
 * @returns the tickets that the agent may drop: their tasks are settled, or they were never valid
 */
export function resumeHeld(
  deps: SchedulerDeps,
  attempts: Attempts,
  session: Session,
  tickets: readonly string[],
  finished: ReadonlySet<string>,
): string[] {
  const named = new Set(tickets)
  const neverArrived = [...session.held.values()].filter(({ ticket }) => !named.has(ticket))
  for (const { ticket } of neverArrived) session.held.delete(ticket)
  attempts.handBack(neverArrived.filter(({ overdue }) => !overdue))

  const revoked: string[] = []
  for (const ticket of named) {
    if (session.held.has(ticket)) continue
    const held = finished.has(ticket) ? undefined : toHeld(deps, session.agentId, ticket)
    if (held === undefined || (held.owned !== null && !hold(deps, held.owned, session, held))) revoked.push(ticket)
    else if (held.owned === null) session.held.set(ticket, held)
  }
  deps.state.revise(session)
  return revoked
}

/** Gives back to the agents that are here what they hold of an expression that was just loaded. */
export function claimHeld(deps: SchedulerDeps, owned: OwnedExpression): void {
  for (const session of deps.state.sessions.values()) {
    const foreign = [...session.held.values()].filter((held) => held.expressionId === owned.id && held.owned === null)
    if (foreign.length === 0) continue
    const over = foreign.filter((held) => !hold(deps, owned, session, held))
    deps.state.revise(session)
    deps.announcer.announce({ kind: 'agentWork', id: session.agentId })
    takeBack(deps, over)
  }
}

function toHeld({ tickets, state, clock }: SchedulerDeps, agentId: string, ticket: string): Held | undefined {
  const claim = tickets.verify(ticket, agentId)
  if (claim === undefined) return undefined
  const owned = state.owned.get(claim.expressionId) ?? null
  // Until the expression is known, so is not how long it takes.
  const since = clock.now()
  return { ...claim, agentId, ticket, owned, offer: null, since, durationMs: maxDurationMs, overdue: false }
}

/**
 * Takes note that an agent computes a task. False where its result is in the log, or it was given out before a retry: there is nothing
 * left to do.
 */
export function hold({ state }: SchedulerDeps, owned: OwnedExpression, session: Session, held: Held): boolean {
  const planned = owned.graph.plan.tasks[held.task]
  if (owned.ended || planned === undefined || held.epoch < owned.retryEpoch) return false
  const record = owned.graph.task(held.task)
  if (record.state === 'SUCCEEDED') return false
  // A value that is on its way to the log may still be lost with this process: the agent is to keep it until it is told.
  if (record.value === null) owned.graph.hold(held.task, held, held.since)
  // Borrowed from a replica that was lost, it is this replica's own from here on.
  const durationMs = state.currentDurations[planned.operation]
  session.held.set(held.ticket, { ...held, owned, offer: null, durationMs })
  return true
}
