import type { Clock } from '../clock.ts'
import type { Outcome } from '../compute/compute.ts'
import { attempt, type Computer, isLight } from '../compute/operation.ts'
import type { TaskAssignment } from '../connection/documents.ts'

export interface FinishedTask {
  readonly ticket: string
  readonly outcome: Outcome
  readonly elapsedMs: number
}

/** How long tasks without a duration may be computed before the socket gets its turn. */
const sliceMs = 10

/** How late a timer may be without the slot's being idle meanwhile. */
const lateTimerMs = 20

interface Waiting {
  readonly assignment: TaskAssignment
  readonly maxDigits: number
  /** When it came, by the clock. */
  readonly since: number
  readonly light: boolean
}

interface Running {
  cancel: () => void
  readonly startedAt: number
  readonly dueAt: number
  /** By another thread. */
  computing: boolean
}

/**
 * Computes assignments, at most `size` at once, first come first served; the others wait here, which hides the round trip to the
 * server. A task takes its duration from its start to its end, the arithmetic included; the next in line starts when the one before it was
 * due, for a slot is not idle because this process is a moment late to notice.
 *
 * Light arithmetic is done here and now, heavy arithmetic by other threads. A task whose duration is over and whose arithmetic is not keeps
 * its slot from heavy ones alone: light ones, which may be another user's, go past it.
 */
export class Slots {
  readonly #clock: Clock
  readonly #size: number
  readonly #computer: Computer
  readonly #onFinished: (task: FinishedTask) => void
  readonly #waiting = new Map<string, Waiting>()
  /** By ticket. */
  readonly #running = new Map<string, Running>()
  /** How many of them are computed by other threads. */
  #computing = 0
  #continued = false

  constructor(clock: Clock, size: number, computer: Computer, onFinished: (task: FinishedTask) => void) {
    this.#clock = clock
    this.#size = size
    this.#computer = computer
    this.#onFinished = onFinished
  }

  get held(): number {
    return this.#running.size + this.#waiting.size
  }

  has(ticket: string): boolean {
    return this.#running.has(ticket) || this.#waiting.has(ticket)
  }

  tickets(): string[] {
    return [...this.#running.keys(), ...this.#waiting.keys()]
  }

  /** How long each task has been computed that is, in milliseconds. */
  running(): { readonly ticket: string; readonly elapsedMs: number }[] {
    const now = this.#clock.now()
    return [...this.#running].map(([ticket, { startedAt }]) => ({ ticket, elapsedMs: Math.round(now - startedAt) }))
  }

  /** A ticket that is held already is not taken twice. */
  accept(assignments: readonly TaskAssignment[], maxDigits: number): void {
    const since = this.#clock.now()
    for (const assignment of assignments) {
      const { ticket } = assignment
      if (!this.has(ticket)) this.#waiting.set(ticket, { assignment, maxDigits, since, light: isLight(assignment) })
    }
    this.#fill()
  }

  /** Stops or forgets those of the tickets that are here. */
  drop(tickets: readonly string[]): void {
    for (const ticket of tickets) {
      const running = this.#running.get(ticket)
      if (running) this.#stop(ticket, running)
      this.#waiting.delete(ticket)
    }
    this.#fill()
  }

  /** Forgets what has not begun. */
  dropWaiting(): void {
    this.#waiting.clear()
  }

  dropAll(): void {
    this.dropWaiting()
    this.drop([...this.#running.keys()])
  }

  /** @param freeSince when the slot that is free became so */
  #fill(freeSince = this.#clock.now()): void {
    if (this.#continued) return
    const start = this.#clock.now()
    let now = start
    let startedAt = freeSince
    for (const [ticket, waiting] of this.#waiting) {
      if (!this.#hasRoom(waiting.light, now)) {
        if (this.#computing === 0) return
        continue
      }
      if (now - start > sliceMs) return this.#continueSoon()
      this.#waiting.delete(ticket)
      this.#begin(waiting, Math.max(startedAt, waiting.since))
      startedAt = now = this.#clock.now()
    }
  }

  #continueSoon(): void {
    this.#continued = true
    setImmediate(() => {
      this.#continued = false
      this.#fill()
    })
  }

  #hasRoom(light: boolean, now: number): boolean {
    if (this.#running.size < this.#size) return true
    if (!light || this.#computing === 0) return false
    let overrun = 0
    for (const { computing, dueAt } of this.#running.values()) if (computing && dueAt <= now) overrun++
    return this.#running.size - overrun < this.#size
  }

  #begin({ assignment, maxDigits, light }: Waiting, startedAt: number): void {
    const { ticket } = assignment
    // A timer may fire a little early; the duration is a promise to whoever watches.
    const dueAt = startedAt + assignment.durationMs
    if (light) return this.#finishWhenDue(ticket, attempt(assignment, maxDigits), startedAt, dueAt)
    const cancel = this.#computer.compute(assignment, maxDigits, (outcome) => {
      this.#settleComputing(running)
      this.#finishWhenDue(ticket, outcome, startedAt, dueAt)
    })
    const running: Running = { cancel, startedAt, dueAt, computing: true }
    this.#computing++
    this.#running.set(ticket, running)
  }

  #finishWhenDue(ticket: string, outcome: Outcome, startedAt: number, dueAt: number): void {
    const now = this.#clock.now()
    if (now < dueAt) {
      const again = () => this.#finishWhenDue(ticket, outcome, startedAt, dueAt)
      const cancel = this.#clock.after(Math.ceil(dueAt - now), again)
      this.#running.set(ticket, { cancel, startedAt, dueAt, computing: false })
      return
    }
    const freedSlot = this.#running.delete(ticket)
    this.#onFinished({ ticket, outcome, elapsedMs: now - startedAt })
    if (freedSlot) this.#fill(now - dueAt > lateTimerMs ? now : dueAt)
  }

  #stop(ticket: string, running: Running): void {
    running.cancel()
    this.#settleComputing(running)
    this.#running.delete(ticket)
  }

  #settleComputing(running: Running): void {
    if (running.computing) this.#computing--
    running.computing = false
  }
}
