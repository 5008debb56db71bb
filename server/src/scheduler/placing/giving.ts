import { durationOf } from '../../domain/operation.ts'
import type { Meter } from '../../metering/meter.ts'
import type { Offer } from '../../store/offers/offer.ts'
import type { TaskAssignment } from '../../use-cases/scheduler-port.ts'
import type { Assignment } from '../memory/assignment.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerState, TaskRef } from '../memory/state.ts'
import type { Tickets } from '../memory/ticket.ts'
import type { AssignmentBook } from './assignment-book.ts'

export interface GivingOptions {
  readonly state: SchedulerState
  readonly tickets: Tickets
  readonly meter: Meter
  readonly book: AssignmentBook
}

/** Hands tasks to agents that were chosen for them: each gets a ticket, stands in the book and is sent. */
export class Giving {
  private readonly options: GivingOptions

  constructor(options: GivingOptions) {
    this.options = options
  }

  assign(session: Session, { owned, task }: TaskRef, now: number): Assignment | undefined {
    const planned = owned.graph.plan.tasks[task]
    if (planned === undefined) return undefined
    const attempt = owned.graph.nextAttempt(task)
    const { operation } = planned
    const { meter, state } = this.options
    const durationMs = durationOf(state.currentDurations, operation)
    const { readyAt } = owned.graph.task(task)
    meter.observe('task_queue_seconds', (now - (readyAt ?? now)) / 1_000, operation)
    if (attempt > 1) meter.count('tasks_recomputed_total')
    const operands = owned.graph.operands(task)
    const { id: expressionId, epoch, origin } = owned
    const work = { expressionId, task, attempt, epoch, operation, operands, durationMs, of: origin }
    const assignment = this.give(session, work, now)
    owned.graph.assign(task, assignment, assignment.startedAt)
    return assignment
  }

  /** Work of which another replica owns the expression, or this one. */
  give(session: Session, work: Work, since: number): Assignment {
    const { book, tickets } = this.options
    const { expressionId, task, attempt, epoch, operation, operands, durationMs, of } = work
    const { agentId } = session
    const ticket = tickets.issue({ expressionId, task, attempt, epoch }, agentId)
    // Each by its name: to spread one object into another takes several times as long, and this is done for each task.
    const assignment: Assignment = {
      agentId,
      ticket,
      expressionId,
      task,
      attempt,
      epoch,
      of,
      operation,
      operands: isShort(operands) ? operands : null,
      since,
      startedAt: null,
      durationMs,
      isGone: false,
      overdue: false,
      alone: false,
    }
    book.add(session, assignment, since)
    const { place } = session
    if (place.kind === 'here')
      place.attachment.outbox.assign(saysAll(assignment) ? assignment : { ticket, operation, operands, durationMs })
    return assignment
  }
}

/** A task as an agent is given it, of an expression that this replica owns or of one that another offered. */
type Work = Pick<Assignment, 'expressionId' | 'task' | 'attempt' | 'epoch' | 'durationMs' | 'of'> &
  Pick<Offer, 'operation' | 'operands'>

/** Whether it is what its agent is to be sent: then one object does for both, and the collector has one less to copy. */
const saysAll = (assignment: Assignment): assignment is Assignment & TaskAssignment =>
  assignment.operation !== null && assignment.operands !== null

/** So few characters may stay in memory until the result comes: of the longest numbers, a thousand tasks of each agent would fill it. */
const maxKeptCharacters = 256

function isShort(operands: readonly string[]): boolean {
  let characters = 0
  for (const operand of operands) characters += operand.length
  return characters <= maxKeptCharacters
}
