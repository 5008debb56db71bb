import type { Clock } from '../../clock.ts'
import { maxDurationMs } from '../../domain/operation.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import { foreign, ownedOf, type Assignment } from '../memory/assignment.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerState } from '../memory/state.ts'
import type { Tickets } from '../memory/ticket.ts'

interface BookOptions {
  readonly state: SchedulerState
  readonly announcer: Announcer
  readonly clock: Clock
}

/**
 * The one place where sessions' assignments change, so that no change is forgotten to be told: once for all that one turn brings.
 *
 * An agent computes what it is given in the order in which it came, so many at once as it has slots. So what is begun when a slot frees is known
 * here without a word from the agent, to the time that a result is on its way.
 */
export class AssignmentBook {
  readonly #state: SchedulerState
  readonly #announcer: Announcer
  readonly #clock: Clock
  #changed: Session[] = []
  /** Tasks that were begun after they were given out, and those whose slots they took, by expression. */
  #moved = new Map<string, number[]>()

  constructor({ state, announcer, clock }: BookOptions) {
    this.#state = state
    this.#announcer = announcer
    this.#clock = clock
  }

  /** In the place of the one with this ticket, if there is one. */
  add(session: Session, assignment: Assignment, now = this.#clock.now()): void {
    const before = session.assignments.get(assignment.ticket)
    session.assignments.set(assignment.ticket, assignment)
    if (before?.startedAt === null) before.isGone = true
    else if (before) session.running--
    if (assignment.startedAt === null) session.line.add(assignment)
    else session.running++
    this.#fill(session, now)
    this.#change(session)
  }

  /** Returns whether it was there. */
  remove(session: Session, ticket: string, now = this.#clock.now()): boolean {
    const assignment = session.assignments.get(ticket)
    if (assignment === undefined) return false
    session.assignments.delete(ticket)
    if (session.aloneWith === ticket) session.aloneWith = null
    if (assignment.startedAt === null) assignment.isGone = true
    else session.running--
    // What was computed is told with what is begun instead: until it is in the log, both would seem to run in one slot.
    if (this.#fill(session, now) && ownedOf(assignment)) this.#move(assignment)
    this.#change(session)
    return true
  }

  removeAll(session: Session): Assignment[] {
    const assignments = [...session.assignments.values()]
    session.assignments.clear()
    session.line.clear()
    session.running = 0
    session.aloneWith = null
    this.#change(session)
    return assignments
  }

  /** The expression is no longer this replica's: its agents go on with what they have. */
  release(owned: OwnedExpression): void {
    for (const session of this.#state.sessions.values())
      for (const assignment of session.assignments.values()) {
        if (ownedOf(assignment) !== owned) continue
        assignment.of = foreign
        this.#change(session)
      }
  }

  /** Tasks that wait at the agent are begun as slots are free. Returns whether any was. */
  #fill(session: Session, now: number): boolean {
    const { line, slots } = session
    let hasBegun = false
    while (session.running < slots) {
      const next = line.next()
      if (next === undefined) break
      if (next.isGone) continue
      next.startedAt = now
      session.running++
      const graph = ownedOf(next)?.graph
      const readyAt = graph?.task(next.task).readyAt
      if (readyAt != null) this.#state.flow.noteBegun(Math.max(0, now - readyAt))
      if (!graph?.begin(next.task, now)) continue
      hasBegun = true
      this.#move(next)
    }
    return hasBegun
  }

  #move({ expressionId, task }: Assignment): void {
    const tasks = this.#moved.get(expressionId)
    if (tasks) tasks.push(task)
    else this.#moved.set(expressionId, [task])
  }

  #change(session: Session): void {
    this.#state.revise(session)
    if (session.isChanged) return
    session.isChanged = true
    if (this.#changed.push(session) === 1) queueMicrotask(() => this.#announce())
  }

  #announce(): void {
    const changed = this.#changed
    const moved = this.#moved
    this.#changed = []
    this.#moved = new Map()
    for (const session of changed) {
      session.isChanged = false
      // A session that has ended is told of by its row, once it says so: before, the agent would be shown as it was when its session began.
      if (this.#state.sessions.get(session.agentId) === session)
        this.#announcer.announce({ kind: 'agentWork', id: session.agentId })
    }
    for (const [expressionId, tasks] of moved) this.#announcer.announce({ kind: 'tasks', expressionId, tasks })
  }
}

/** The assignment that a ticket stands for, by what it says itself; undefined where it is not this agent's. */
export function readTicket(
  { clock, state, tickets }: { readonly clock: Clock; readonly state: SchedulerState; readonly tickets: Tickets },
  agentId: string,
  ticket: string,
): Assignment | undefined {
  const claim = tickets.verify(ticket, agentId)
  const owned = claim && state.owned.get(claim.expressionId)
  if (claim === undefined || (owned && claim.task >= owned.graph.tasks.length)) return undefined
  // Until the expression is known, so is not how long it takes.
  const now = clock.now()
  const standing = {
    since: now,
    startedAt: now,
    durationMs: maxDurationMs,
    operation: null,
    operands: null,
    isGone: false,
    overdue: false,
    alone: false,
  }
  return { ...claim, ...standing, agentId, ticket, of: owned?.origin ?? foreign }
}
