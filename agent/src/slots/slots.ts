import type { Clock } from '../clock.ts'
import { compute, type Outcome } from '../compute/compute.ts'
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
}

/**
 * Computes assignments, at most `size` at once, first come first served; the others wait here, which hides the round trip to the
 * server. A task takes its duration from its start to its end, the arithmetic included; the next in line starts when the one before it was
 * due, for a slot is not idle because this process is a moment late to notice.
 */
export class Slots {
  readonly #clock: Clock
  readonly #size: number
  readonly #onFinished: (task: FinishedTask) => void
  readonly #waiting = new Map<string, Waiting>()
  /** Ticket to what cancels its timer. */
  readonly #running = new Map<string, () => void>()
  #continued = false

  constructor(clock: Clock, size: number, onFinished: (task: FinishedTask) => void) {
    this.#clock = clock
    this.#size = size
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

  /** A ticket that is held already is not taken twice. */
  take(assignments: readonly TaskAssignment[], maxDigits: number): void {
    const since = this.#clock.now()
    for (const assignment of assignments)
      if (!this.has(assignment.ticket)) this.#waiting.set(assignment.ticket, { assignment, maxDigits, since })
    this.#fill()
  }

  /** Stops or forgets those of the tickets that are here. */
  drop(tickets: readonly string[]): void {
    for (const ticket of tickets) {
      this.#running.get(ticket)?.()
      this.#running.delete(ticket)
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
      if (this.#running.size >= this.#size) return
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

  #begin({ assignment, maxDigits }: Waiting, startedAt: number): void {
    const outcome = attempt(assignment, maxDigits)
    const { ticket } = assignment
    // A timer may fire a little early; the duration is a promise to whoever watches.
    const dueAt = startedAt + assignment.durationMs
    const finishWhenDue = () => {
      const now = this.#clock.now()
      if (now < dueAt) {
        this.#running.set(ticket, this.#clock.after(Math.ceil(dueAt - now), finishWhenDue))
        return
      }
      const freedSlot = this.#running.delete(ticket)
      this.#onFinished({ ticket, outcome, elapsedMs: now - startedAt })
      if (freedSlot) this.#fill(now - dueAt > lateTimerMs ? now : dueAt)
    }
    finishWhenDue()
  }
}

/** No operand and no bug in the arithmetic may end the agent. */
function attempt({ operator, left, right }: TaskAssignment, maxDigits: number): Outcome {
  try {
    return compute(operator, left, right, maxDigits)
  } catch (error) {
    return { kind: 'error', code: 'AGENT_ERROR', message: error instanceof Error ? error.message : String(error) }
  }
}
