import { durationOf } from '../../domain/operation.ts'
import type { Attempts } from '../results/attempts.ts'
import { readTicket } from '../placing/assignment-book.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { ownedOf, type Assignment } from '../memory/assignment.ts'
import type { Session } from '../memory/session.ts'
import type { SessionOpening } from '../../use-cases/scheduler-port.ts'
import type { Handoffs } from '../remote/handoffs.ts'

type Named = Pick<SessionOpening, 'heldTickets' | 'elapsedMs'>

const noneKnown: ReadonlyMap<string, number> = new Map()

/** Tickets of which the expression has ended, among those of expressions that this replica does not own: the database knows. */
export async function findFinishedTickets(
  deps: SchedulerDeps,
  agentId: string,
  held: readonly string[],
): Promise<ReadonlySet<string>> {
  const named = held.flatMap((ticket) => readTicket(deps, agentId, ticket) ?? [])
  const brought = named.filter(({ of }) => of.kind === 'foreign')
  if (brought.length === 0) return new Set()
  const ids = new Set(brought.map(({ expressionId }) => expressionId))
  const unfinished = await deps.store.ownership.findUnfinished([...ids])
  // Given out before a retry, a ticket has ended with what it was given out for.
  const finished = brought.filter(({ expressionId, epoch }) => epoch < (unfinished.get(expressionId) ?? Infinity))
  return new Set(finished.map(({ ticket }) => ticket))
}

/**
 * Assignments become what the agent says that it has. What was on its way when the socket closed goes back in line; what the agent got from
 * another replica, or before a crash, it keeps.
 * @param elapsedMs how long it has computed each that it computes, where it says so
 * @param finished tickets of expressions that have ended
 * @returns the tickets that the agent may drop: their tasks are settled, or they were never valid
 */
export function resumeAssignments(
  deps: SchedulerDeps,
  attempts: Attempts,
  handoffs: Handoffs,
  session: Session,
  { heldTickets, elapsedMs = noneKnown }: Named,
  finished: ReadonlySet<string>,
): string[] {
  const named = new Set(heldTickets)
  const neverArrived = [...session.assignments.values()].filter(({ ticket }) => !named.has(ticket))
  for (const { ticket } of neverArrived) deps.book.remove(session, ticket)
  attempts.handBack(neverArrived.filter(({ overdue }) => !overdue))

  const revoked: string[] = []
  for (const ticket of named) {
    if (session.assignments.has(ticket)) continue
    const assignment = finished.has(ticket) ? undefined : readTicket(deps, session.agentId, ticket)
    if (assignment === undefined || !resume(deps, handoffs, session, assignment, elapsedMs.get(ticket)))
      revoked.push(ticket)
  }
  return revoked
}

/** Assignments of an expression that was just loaded, which agents here have brought along, become this replica's own. */
export function claimAssignments(deps: SchedulerDeps, owned: OwnedExpression): void {
  for (const session of deps.state.sessions.values()) {
    const brought = [...session.assignments.values()].filter(
      ({ expressionId, of }) => expressionId === owned.id && of.kind !== 'owned',
    )
    deps.dispatcher.revoke(brought.filter((assignment) => !assign(deps, owned, session, assignment)))
  }
}

/** When an agent has begun what it names: as it says itself, or else it names what it computes first. */
function startOf({ running, slots }: Session, { since }: Assignment, elapsedMs: number | undefined): number | null {
  if (elapsedMs !== undefined) return since - elapsedMs
  return running < slots ? since : null
}

function resume(
  deps: SchedulerDeps,
  handoffs: Handoffs,
  session: Session,
  assignment: Assignment,
  elapsedMs: number | undefined,
): boolean {
  const owned = ownedOf(assignment)
  const startedAt = startOf(session, assignment, elapsedMs)
  if (owned) {
    const since = handoffs.noteArrived(owned, assignment) ?? assignment.since
    return assign(deps, owned, session, { ...assignment, since, startedAt })
  }
  deps.book.add(session, { ...assignment, startedAt })
  return true
}

/**
 * An agent computes a task. Returns false where its result is in the log or not wanted any more, or it was given out before a retry: there
 * is nothing left to do.
 */
function assign(
  { state, book, environment }: SchedulerDeps,
  owned: OwnedExpression,
  session: Session,
  assignment: Assignment,
): boolean {
  const planned = owned.graph.plan.tasks[assignment.task]
  if (owned.isOver || planned === undefined || assignment.epoch < owned.retryEpoch) return false
  const record = owned.graph.task(assignment.task)
  if (record.state === 'SUCCEEDED' || !owned.wants(assignment.task)) return false
  // A value that is on its way to the log may still be lost with this process: the agent is to keep it until it is told.
  const isKnown = record.assignees.some(({ ticket }) => ticket === assignment.ticket)
  if (record.value === null && !isKnown) owned.graph.assign(assignment.task, assignment, assignment.startedAt)
  // Claimed from a replica that was lost, it is this replica's own from here on.
  const durationMs = durationOf(state.currentDurations, planned.operation)
  book.add(session, { ...assignment, of: owned.origin, durationMs })
  if (owned.needsAgentAlone(assignment.task, environment.MAX_ATTEMPTS)) session.aloneWith = assignment.ticket
  return true
}
