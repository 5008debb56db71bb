import type { Announcer } from '../../realtime/announcer.ts'
import { foreign, ownedOf, type Assignment } from '../memory/assignment.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerState } from '../memory/state.ts'

/** The one place where sessions' assignments change, so that no change is forgotten to be told: once for all that one turn brings. */
export class AssignmentBook {
  readonly #state: SchedulerState
  readonly #announcer: Announcer
  #changed: Session[] = []

  constructor({ state, announcer }: { readonly state: SchedulerState; readonly announcer: Announcer }) {
    this.#state = state
    this.#announcer = announcer
  }

  /** In the place of the one with this ticket, if there is one. */
  add(session: Session, assignment: Assignment): void {
    session.assignments.set(assignment.ticket, assignment)
    this.#change(session)
  }

  /** Returns whether it was there. */
  remove(session: Session, ticket: string): boolean {
    if (!session.assignments.delete(ticket)) return false
    this.#change(session)
    return true
  }

  removeAll(session: Session): Assignment[] {
    const assignments = [...session.assignments.values()]
    session.assignments.clear()
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

  #change(session: Session): void {
    this.#state.revise(session)
    if (session.isChanged) return
    session.isChanged = true
    if (this.#changed.push(session) === 1) queueMicrotask(() => this.#announce())
  }

  #announce(): void {
    const changed = this.#changed
    this.#changed = []
    for (const session of changed) {
      session.isChanged = false
      // Of a session that has ended the row tells, once it says so: before, the agent would be shown as it was when its session began.
      if (this.#state.sessions.get(session.agentId) === session)
        this.#announcer.announce({ kind: 'agentWork', id: session.agentId })
    }
  }
}
