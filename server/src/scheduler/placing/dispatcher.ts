import TinyQueue from 'tinyqueue'
import type { Clock } from '../../clock.ts'
import type { Environment } from '../../env.ts'
import { durationOf } from '../../domain/operation.ts'
import { capacity } from '../../domain/tasks/lease.ts'
import type { Assignee } from '../../domain/tasks/task-record.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import type { Offer } from '../../store/offers/offer.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { holdsAlready, isPlaceable } from '../memory/placeable.ts'
import { isOpen, type Session } from '../memory/session.ts'
import type { TaskRef } from '../memory/state.ts'
import { Giving, type GivingOptions } from './giving.ts'
import { Solitude } from './solitude.ts'

interface DispatcherOptions extends GivingOptions {
  readonly clock: Clock
  readonly announcer: Announcer
  readonly environment: Pick<Environment, 'MAX_ATTEMPTS'>
}

/** Gives ready tasks to agents with room: the least loaded agent first, the tasks in the order of the placement queue. */
export class Dispatcher {
  /** Told when slots are free here and nothing waits for them. */
  onSlotsFree: () => void = () => {}
  /** Told when more waits here than there are slots. */
  onSlotsFull: () => void = () => {}
  /** Tasks that are to have an agent for themselves. */
  readonly solitude: Solitude
  private scheduled = false
  /** Overdue tasks for which there was no agent but the one that is late. */
  private setAside: TaskRef[] = []
  private readonly giving: Giving
  private readonly options: DispatcherOptions

  constructor(options: DispatcherOptions) {
    this.options = options
    this.giving = new Giving(options)
    this.solitude = new Solitude(options.state, this.giving, this)
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

  /** Puts back in line what found no agent but the one that is late with it, and looks again for agents that have nothing to do. */
  retrySetAside(): void {
    const refs = this.setAside
    this.setAside = []
    for (const { owned, task } of refs) this.enqueue(owned, task)
    if (!this.solitude.isIdle) this.request()
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
    const { state, clock, environment } = this.options
    const now = clock.now()
    const placed = new Map<OwnedExpression, number[]>()
    const note = ({ owned, task }: TaskRef) => {
      const tasks = placed.get(owned)
      if (tasks) tasks.push(task)
      else placed.set(owned, [task])
    }
    if (!this.solitude.isIdle) this.solitude.place(now, note)
    const open = this.openSessions()
    let byLoad = new TinyQueue(open, lessLoaded)
    for (;;) {
      const next = state.queue.peek((ref) => !isPlaceable(ref))
      const leastLoaded = byLoad.peek()
      if (next === undefined || leastLoaded === undefined || !hasRoom(leastLoaded, next.durationMs)) break
      const { ref, durationMs } = next
      state.queue.removeNext()
      if (ref.owned.needsAgentAlone(ref.task, environment.MAX_ATTEMPTS)) {
        this.solitude.add({ kind: 'owned', ref })
        continue
      }
      const session = holdsAlready(leastLoaded, ref) ? findAnother(open, ref, durationMs) : leastLoaded
      if (session === undefined) {
        this.setAside.push(ref)
        continue
      }
      this.giving.assign(session, ref, now)
      if (session === leastLoaded) byLoad.push(byLoad.pop() ?? session)
      else byLoad = new TinyQueue(open, lessLoaded)
      note(ref)
    }
    this.announce(placed)
    if (state.queue.size === 0 && byLoad.length > 0) this.onSlotsFree()
    else if (state.queue.size > 0) this.onSlotsFull()
  }

  /** How many tasks more the agents here could compute at once. */
  freeSlots(): number {
    return this.openSessions().reduce((free, { slots, assignments }) => free + Math.max(0, slots - assignments.size), 0)
  }

  /**
   * Gives offered tasks to agents with room. Returns which session got each; those that are missing found none. Tasks that are to have an agent
   * for themselves wait until there is one.
   */
  placeOffers(offers: readonly Offer[]): Map<Offer, Session> {
    const now = this.options.clock.now()
    const byLoad = new TinyQueue(this.openSessions(), lessLoaded)
    const given = new Map<Offer, Session>()
    for (const offer of offers) if (offer.alone) this.solitude.add({ kind: 'offered', offer })
    for (const offer of offers) {
      if (offer.alone) continue
      const session = byLoad.pop()
      if (session === undefined) break
      if (hasRoom(session, offer.durationMs)) {
        this.giving.give(session, { ...offer, of: { kind: 'offered', offer } }, now)
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
      (session) => isOpen(session) && session.aloneWith === null && !session.clearing,
    )
  }

  private announce(placed: ReadonlyMap<OwnedExpression, number[]>): void {
    const { announcer } = this.options
    for (const [{ id }, tasks] of placed) announcer.announce({ kind: 'tasks', expressionId: id, tasks })
    if (placed.size > 0) announcer.signal({ kind: 'stats' })
  }
}

const lessLoaded = (a: Session, b: Session): number => a.assignments.size / a.slots - b.assignments.size / b.slots

const hasRoom = ({ assignments, slots }: Session, durationMs: number): boolean =>
  assignments.size < capacity(slots, durationMs)

/** The least loaded of the agents that have room and are not late with this very task. */
const findAnother = (open: readonly Session[], ref: TaskRef, durationMs: number): Session | undefined =>
  open.filter((session) => hasRoom(session, durationMs) && !holdsAlready(session, ref)).sort(lessLoaded)[0]
