import TinyQueue from 'tinyqueue'
import { durationOf } from '../operation.ts'
import { PlacementQueue } from '../tasks/placement.ts'
import type { Steps } from './steps.ts'
import type { Bulk, PendingExpression, PendingTask, Workload } from './workload.ts'

/** What becomes of an expression, as it is foreseen. Times are in milliseconds from the moment of the workload. */
export interface Foreseen {
  readonly finishInMs: number
  /** When the next of its tasks that wait for a slot gets one; null where none waits. */
  readonly nextSlotInMs: number | null
  /** What gets a slot before that: tasks of the same user's other expressions, and of other users. */
  readonly before: { readonly own: number; readonly others: number }
}

/** Work that takes a slot: a task, or a part of a bulk. */
type Work =
  | ({ readonly kind: 'task' } & PendingTask)
  | { readonly kind: 'bulk'; readonly userId: string; readonly durationMs: number }

interface Event {
  readonly at: number
  readonly work: Work | null
  /** A slot that becomes free; or a task that comes back in line. */
  readonly kind: 'slot' | 'slot lost' | 'retry'
}

/** More would take long and change little: what is left is taken to go on at the same pace. */
const maxEvents = 60_000
/** What a task waits for that is played to its end, or is not wanted. */
const done = -(2 ** 30)
/** All bulks are so many pieces at most, of the same work together. */
const maxPieces = 4_000

/**
 * Plays what the scheduler will do with the work that there is: the same order of placing, over the slots that there are, with the durations
 * of now. It ends with the expression that is asked for. Near linear in what is computed until then. See docs/decisions/0031.
 */
export class Simulation {
  readonly #target: PendingExpression
  readonly #workload: Workload
  readonly #queue = new PlacementQueue<Work>()
  readonly #events = new TinyQueue<Event>([], (a, b) => a.at - b.at)
  /** Last come first: what is taken off the front of a list moves all the rest, and agents may have some ten thousand ahead. */
  readonly #ahead: Work[]
  /** Of each expression that was touched how many operands each of its tasks waits for. */
  readonly #waitingFor = new Map<PendingExpression, Int32Array>()
  #freeSlots: number
  #now = 0
  #left: number
  #leftMs = 0
  /** Slot time of the expression since the beginning. */
  #usedMs = 0
  #nextSlotInMs: number | null = null
  /** Whether its next task to get a slot is still to come. */
  #isNextSlotOpen = false
  readonly #before = { own: 0, others: 0 }

  constructor(target: PendingExpression, workload: Workload) {
    this.#target = target
    this.#workload = workload
    this.#freeSlots = workload.freeSlots
    this.#ahead = workload.ahead.map(asWork).reverse()
    this.#left = this.#measure()
  }

  /** Plays it in steps of some microseconds. Returns null where nothing more will happen: there is no slot. */
  *run(): Steps<Foreseen | null> {
    yield* this.#begin()
    for (let events = 0; this.#left > 0; events++) {
      if (events >= maxEvents) return this.#foreseen(this.#now + this.#extrapolate())
      this.#place()
      const event = this.#events.pop()
      if (event === undefined) return null
      this.#now = Math.max(this.#now, event.at)
      this.#handle(event)
      while (this.#events.peek()?.at === event.at) this.#handle(this.#events.pop() ?? event)
      yield
    }
    return this.#foreseen(this.#now)
  }

  *#begin(): Steps<void> {
    const { bulks, occupied, retries, waiting } = this.#workload
    for (const bulk of bulks) {
      this.#addBulk(bulk, Math.ceil(maxPieces / bulks.length))
      yield
    }
    for (const { expression, task } of waiting) {
      this.#isNextSlotOpen ||= expression === this.#target
      this.#add({ kind: 'task', expression, task })
      yield
    }
    for (const { of, remainingMs, freesSlot } of occupied)
      this.#events.push({ at: remainingMs, work: of && asWork(of), kind: freesSlot ? 'slot' : 'slot lost' })
    for (const retry of retries) this.#events.push({ at: retry.inMs, work: asWork(retry), kind: 'retry' })
  }

  #foreseen(finishInMs: number): Foreseen {
    return { finishInMs, nextSlotInMs: this.#nextSlotInMs, before: { ...this.#before } }
  }

  #handle({ work, kind }: Event): void {
    if (kind === 'slot') this.#freeSlots++
    if (work?.kind !== 'task') return
    if (kind === 'retry') return this.#add(work)
    this.#complete(work)
  }

  #place(): void {
    while (this.#freeSlots > 0) {
      const work = this.#ahead.pop() ?? this.#next()
      if (work === undefined) return
      this.#freeSlots--
      const ms = this.#durationOf(work)
      this.#events.push({ at: this.#now + ms, work, kind: 'slot' })
    }
  }

  #next(): Work | undefined {
    const work = this.#queue.peek(() => false)?.ref
    if (work === undefined) return undefined
    this.#queue.removeNext()
    if (this.#isNextSlotOpen) this.#noteBefore(work)
    return work
  }

  #noteBefore(work: Work): void {
    if (work.kind === 'task' && work.expression === this.#target) {
      this.#nextSlotInMs = this.#now
      this.#isNextSlotOpen = false
    } else if (userOf(work) === this.#target.ownerId) this.#before.own++
    else this.#before.others++
  }

  /** What the graph says meanwhile does not count: it goes on while this is played, in parts. */
  #complete({ expression, task }: PendingTask): void {
    const waitingFor = this.#waitingForOf(expression)
    // Two agents may have it, of which one is late.
    if (waitingFor[task] === done) return
    waitingFor[task] = done
    if (expression === this.#target) {
      this.#left--
      const ms = this.#durationOf({ kind: 'task', expression, task })
      this.#leftMs -= ms
      this.#usedMs += ms
    }
    for (const parent of expression.graph.task(task).parents) {
      const left = (waitingFor[parent] ?? 0) - 1
      waitingFor[parent] = left
      if (left === 0) this.#add({ kind: 'task', expression, task: parent })
    }
  }

  #add(work: Work): void {
    this.#queue.add({
      ref: work,
      userId: userOf(work),
      remainingMs: work.kind === 'task' ? (work.expression.remainingMs[work.task] ?? 0) : Infinity,
      returned: false,
      durationMs: this.#durationOf(work),
    })
  }

  #addBulk({ userId, tasks, totalMs }: Bulk, most: number): void {
    const pieces = Math.min(tasks, most)
    const durationMs = (totalMs + tasks * this.#workload.overheadMs) / Math.max(1, pieces)
    for (let piece = 0; piece < pieces; piece++) this.#add({ kind: 'bulk', userId, durationMs })
  }

  #durationOf(work: Work): number {
    if (work.kind === 'bulk') return work.durationMs
    const { durations, overheadMs } = this.#workload
    const operation = work.expression.graph.plan.tasks[work.task]?.operation ?? ''
    return durationOf(durations, operation) + overheadMs
  }

  /** What the expression has left. @returns how many tasks */
  #measure(): number {
    let left = 0
    const waitingFor = this.#waitingForOf(this.#target)
    this.#target.graph.tasks.forEach(({ value }, task) => {
      if (value !== null || waitingFor[task] === done) return
      left++
      this.#leftMs += this.#durationOf({ kind: 'task', expression: this.#target, task })
    })
    return left
  }

  #waitingForOf(expression: PendingExpression): Int32Array {
    const known = this.#waitingFor.get(expression)
    if (known) return known
    const counts = Int32Array.from(expression.graph.tasks, ({ waitingFor }, task) =>
      expression.wants(task) ? waitingFor : done,
    )
    this.#waitingFor.set(expression, counts)
    return counts
  }

  /** The rest at the pace of what was played. */
  #extrapolate(): number {
    return this.#leftMs * (this.#now / Math.max(1, this.#usedMs))
  }
}

const asWork = ({ expression, task }: PendingTask): Work => ({ kind: 'task', expression, task })
const userOf = (work: Work): string => (work.kind === 'task' ? work.expression.ownerId : work.userId)
