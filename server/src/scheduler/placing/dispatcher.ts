import TinyQueue from 'tinyqueue'
import type { Clock } from '../../clock.ts'
import { durationOf } from '../../domain/operation.ts'
import { capacity } from '../../domain/tasks/lease.ts'
import type { Meter } from '../../metering/meter.ts'
import type { Assignee } from '../../domain/tasks/task-record.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import type { Offer } from '../../store/offers/offer.ts'
import type { TaskAssignment } from '../../use-cases/scheduler-port.ts'
import { ownedOf, type Assignment } from '../memory/assignment.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { isPlaceable } from '../memory/placeable.ts'
import type { Session } from '../memory/session.ts'
import type { SchedulerState, TaskRef } from '../memory/state.ts'
import type { Tickets } from '../memory/ticket.ts'
import type { AssignmentBook } from './assignment-book.ts'

interface DispatcherOptions {
  readonly state: SchedulerState
  readonly tickets: Tickets
  readonly clock: Clock
  readonly announcer: Announcer
  readonly meter: Meter
  readonly book: AssignmentBook
}

/** Gives ready tasks to agents with room: the least loaded agent first, the tasks in the order of the placement queue. */
export class Dispatcher {
  /** Told when slots are free here and nothing waits for them. */
  onSlotsFree: () => void = () => {}
  /** Told when more waits here than there are slots. */
  onSlotsFull: () => void = () => {}
  private scheduled = false
  /** Overdue tasks for which there was no agent but the one that is late. */
  private setAside: TaskRef[] = []
  private readonly options: DispatcherOptions

  constructor(options: DispatcherOptions) {
    this.options = options
  }

  /** Puts a task in line. */
  enqueue(owned: OwnedExpression, task: number): void {
    const { state } = this.options
    const planned = owned.graph.plan.tasks[task]
    if (owned.phase !== 'running' || planned === undefined || !owned.wants(task)) return
    state.queue.add({
      ref: { owned, task },
      userId: owned.ownerId,
      remainingMs: owned.remainingMs[task] ?? 0,
      returned: owned.graph.task(task).attempt > 0,
      durationMs: durationOf(state.currentDurations, planned.operation),
    })
    this.request()
  }

  /** Puts back in line what found no agent but the one that is late with it. */
  retrySetAside(): void {
    const refs = this.setAside
    this.setAside = []
    for (const { owned, task } of refs) this.enqueue(owned, task)
  }

  /**
   * Places what can be placed, once for all that one message brings, and before anything else is done with that: until the agents have
   * their next tasks, everything waits.
   */
  request(): void {
    if (this.scheduled) return
    this.scheduled = true
    queueMicrotask(() => {
      this.scheduled = false
      const { meter } = this.options
      const began = meter.now()
      this.place()
      meter.observe('dispatch_seconds', (meter.now() - began) / 1_000)
    })
  }

  private place(): void {
    const { state, clock } = this.options
    const now = clock.now()
    const open = this.openSessions()
    let byLoad = new TinyQueue(open, lessLoaded)
    const placed = new Map<OwnedExpression, number[]>()
    for (;;) {
      const next = state.queue.peek((ref) => !isPlaceable(ref))
      const leastLoaded = byLoad.peek()
      if (next === undefined || leastLoaded === undefined || !hasRoom(leastLoaded, next.durationMs)) break
      const { ref, durationMs } = next
      state.queue.removeNext()
      const session = holdsAlready(leastLoaded, ref) ? findAnother(open, ref, durationMs) : leastLoaded
      if (session === undefined) {
        this.setAside.push(ref)
        continue
      }
      this.assign(session, ref, now)
      if (session === leastLoaded) byLoad.push(byLoad.pop() ?? session)
      else byLoad = new TinyQueue(open, lessLoaded)
      const tasks = placed.get(ref.owned) ?? []
      placed.set(ref.owned, tasks)
      tasks.push(ref.task)
    }
    this.announce(placed)
    if (state.queue.size === 0 && byLoad.length > 0) this.onSlotsFree()
    else if (state.queue.size > 0) this.onSlotsFull()
  }

  /** How many tasks more the agents here could compute at once. */
  freeSlots(): number {
    return this.openSessions().reduce((free, { slots, assignments }) => free + Math.max(0, slots - assignments.size), 0)
  }

  /** Gives offered tasks to agents with room. Returns which session got each; those that are missing found none. */
  placeOffers(offers: readonly Offer[]): Map<Offer, Session> {
    const now = this.options.clock.now()
    const byLoad = new TinyQueue(this.openSessions(), lessLoaded)
    const given = new Map<Offer, Session>()
    for (const offer of offers) {
      const session = byLoad.pop()
      if (session === undefined) break
      if (hasRoom(session, offer.durationMs)) {
        this.give(session, { ...offer, of: { kind: 'offered', offer } }, now)
        given.set(offer, session)
      }
      byLoad.push(session)
    }
    return given
  }

  /** Takes tasks from their agents: they may stop, and their slots are free for others. */
  revoke(assignees: Iterable<Assignee>): void {
    const { book, state } = this.options
    for (const { agentId, ticket } of assignees) {
      const session = state.sessions.get(agentId)
      if (session === undefined || !book.remove(session, ticket)) continue
      if (session.place.kind === 'here') session.place.attachment.outbox.revoke(ticket)
      this.request()
    }
  }

  private openSessions(): Session[] {
    return [...this.options.state.sessions.values()].filter(
      ({ place, draining, distrusted }) => place.kind === 'here' && !draining && !distrusted,
    )
  }

  private assign(session: Session, { owned, task }: TaskRef, now: number): void {
    const planned = owned.graph.plan.tasks[task]
    if (planned === undefined) return
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
  }

  private give(session: Session, work: Work, since: number): Assignment {
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
    }
    book.add(session, assignment, since)
    const { place } = session
    if (place.kind === 'here')
      place.attachment.outbox.assign(saysAll(assignment) ? assignment : { ticket, operation, operands, durationMs })
    return assignment
  }

  private announce(placed: ReadonlyMap<OwnedExpression, number[]>): void {
    const { announcer } = this.options
    for (const [{ id }, tasks] of placed) announcer.announce({ kind: 'tasks', expressionId: id, tasks })
    if (placed.size > 0) announcer.signal({ kind: 'stats' })
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

const lessLoaded = (a: Session, b: Session): number => a.assignments.size / a.slots - b.assignments.size / b.slots

const hasRoom = ({ assignments, slots }: Session, durationMs: number): boolean =>
  assignments.size < capacity(slots, durationMs)

/** The least loaded of the agents that have room and are not late with this very task. */
const findAnother = (open: readonly Session[], ref: TaskRef, durationMs: number): Session | undefined =>
  open.filter((session) => hasRoom(session, durationMs) && !holdsAlready(session, ref)).sort(lessLoaded)[0]

const holdsAlready = (session: Session, { owned, task }: TaskRef): boolean =>
  owned.failures.has(task) &&
  [...session.assignments.values()].some((assignment) => assignment.task === task && ownedOf(assignment) === owned)
