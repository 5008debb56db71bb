import { LRUCache } from 'lru-cache'
import { rateLimited, type RateLimitedError } from '../domain/failure.ts'
import { Turns } from './turns.ts'

const minuteMs = 60_000

/** Clients whose time is remembered; of more, those who have been quiet longest begin anew. */
const maxClients = 10_000

interface Allowance {
  /** Below 0 it is overdrawn. */
  leftMs: number
  filledAt: number
}

export interface ProcessorTimeOptions {
  /** Milliseconds, with fractions, that never go back. */
  readonly now: () => number
  /** What the whole process has had of the processor, in milliseconds. */
  readonly processorNow: () => number
  /** How many milliseconds of every minute one client may hold the event loop with what it has read, planned and formatted. */
  readonly msPerMinute: number
}

/**
 * The time of the event loop, which everybody shares: how much of it a client (a user, or the network of one who is not signed in) has
 * had, and when more of it may follow. The time counts for which others had to wait, without what the machine gave to other programs
 * meanwhile.
 */
export class ProcessorTime {
  readonly #now: () => number
  readonly #processorNow: () => number
  readonly #msPerMinute: number
  readonly #allowances = new LRUCache<string, Allowance>({ max: maxClients })
  readonly #turns: Turns
  /** Whose time is being taken: what runs within it counts once. */
  #isMeasuring = false

  constructor({ now, processorNow, msPerMinute }: ProcessorTimeOptions) {
    this.#now = now
    this.#processorNow = processorNow
    this.#msPerMinute = msPerMinute
    this.#turns = new Turns({
      now,
      startWatch: () => this.#startMeasuring(),
      onSpent: (client, ms) => this.spend(client, ms),
    })
  }

  /** Undefined where the client has time left. */
  refusal(client: string): RateLimitedError | undefined {
    const allowance = this.#allowances.get(client)
    if (allowance === undefined || allowance.leftMs > 0) return undefined
    this.#fill(allowance, this.#now())
    if (allowance.leftMs > 0) return undefined
    const waitMs = (-allowance.leftMs * minuteMs) / this.#msPerMinute
    return rateLimited(Math.max(1, Math.ceil(waitMs / 1_000)), this.#explain())
  }

  /** Resolves when the client has time again, at once where it has some. */
  async whenAdmitted(client: string): Promise<void> {
    for (let refusal = this.refusal(client); refusal; refusal = this.refusal(client)) {
      const waitMs = refusal.retryAfterSeconds * 1_000
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref())
    }
  }

  spend(client: string, ms: number, now = this.#now()): void {
    let allowance = this.#allowances.get(client)
    if (allowance === undefined) {
      allowance = { leftMs: this.#msPerMinute, filledAt: now }
      this.#allowances.set(client, allowance)
    }
    this.#fill(allowance, now)
    allowance.leftMs -= ms
  }

  /** Runs at once what takes next to no time, but may come thousands of times a second: the clock alone is looked at. */
  measure<Result>(client: string, work: () => Result): Result {
    if (this.#isMeasuring) return work()
    this.#isMeasuring = true
    const began = this.#now()
    try {
      return work()
    } finally {
      this.#isMeasuring = false
      const now = this.#now()
      this.spend(client, now - began, now)
    }
  }

  /** Runs at once where the present turn of the event loop has time left, else in a later one. */
  run<Result>(client: string, work: () => Result): Result | Promise<Result> {
    return this.#turns.isOver ? this.#turns.later(client, work) : this.runNow(client, work)
  }

  /** As `run`, of what takes next to no time nearly always: see `measure`. */
  runShort<Result>(client: string, work: () => Result): Result | Promise<Result> {
    return this.#turns.isOver ? this.#turns.later(client, work) : this.measure(client, work)
  }

  /** Runs at once, whatever the time. */
  runNow<Result>(client: string, work: () => Result): Result {
    if (this.#isMeasuring) return work()
    this.#isMeasuring = true
    const stop = this.#startWatch()
    try {
      return work()
    } finally {
      this.#isMeasuring = false
      this.spend(client, stop())
    }
  }

  /** See `Turns`. */
  spread<Entry>(client: string, entries: readonly Entry[], isEnded: () => boolean): (Entry | Promise<Entry>)[] {
    return this.#turns.spread(client, entries, isEnded)
  }

  /** @returns how long it has been, in milliseconds */
  #startWatch(): () => number {
    const [began, processorBegan] = [this.#now(), this.#processorNow()]
    return () => Math.min(this.#now() - began, this.#processorNow() - processorBegan)
  }

  /** As `runNow` does, where the work is not one call. */
  #startMeasuring(): () => number {
    const stop = this.#startWatch()
    this.#isMeasuring = true
    return () => {
      this.#isMeasuring = false
      return stop()
    }
  }

  #fill(allowance: Allowance, now: number): void {
    const gained = ((now - allowance.filledAt) * this.#msPerMinute) / minuteMs
    allowance.leftMs = Math.min(this.#msPerMinute, allowance.leftMs + gained)
    allowance.filledAt = now
  }

  #explain(): string {
    return `You have used up the ${this.#msPerMinute / 1_000} s of processor time that reading and planning may take in a minute.`
  }
}
