import { pause, type Clock } from '../../clock.ts'
import type { Announcer } from '../announcer.ts'
import type { LiveState, Run, RunningTask } from '../live-state.ts'
import type { WatchDeps } from './deps.ts'

/** What agents did since the last event, and what they do now. */
export interface WorkEvent {
  readonly at: number
  /** Whether it tells of all there is to tell of, and not of what is new. */
  readonly isFirst: boolean
  readonly runs: readonly Run[]
  readonly running: readonly RunningTask[]
  /** How many runs there were besides. */
  readonly skipped: number
}

/** The first event tells so much of the past at most. */
const maxPast = 2_000
/** So many of those that run are shown. */
const maxRunning = 500
const paceMs = 500

/**
 * One subscriber's way through what agents do: it holds nothing but how far it has come, so that however slow it is, it costs nothing and gets
 * what is the newest then.
 */
class WorkStream implements AsyncIterableIterator<WorkEvent> {
  readonly #state: LiveState
  readonly #clock: Clock
  readonly #unlisten: () => void
  #seen = 0
  #skipped: number
  #toldAt = -Infinity
  #hasNews = true
  #ended = false
  #wake: () => void = () => {}

  constructor(state: LiveState, clock: Clock, announcer: Announcer) {
    this.#state = state
    this.#clock = clock
    this.#skipped = state.recentWork().skipped
    this.#unlisten = announcer.on('stats', () => {
      this.#hasNews = true
      this.#wake()
    })
  }

  async next(): Promise<IteratorResult<WorkEvent>> {
    while (!this.#hasNews && !this.#ended) await new Promise<void>((resolve) => (this.#wake = resolve))
    const waitMs = this.#toldAt + paceMs - this.#clock.now()
    if (waitMs > 0 && !this.#ended) await pause(this.#clock, Math.min(waitMs, paceMs))
    if (this.#ended) return { done: true, value: undefined }
    const isFirst = this.#toldAt === -Infinity
    this.#hasNews = false
    this.#toldAt = this.#clock.now()
    const work = this.#state.recentWork()
    const runs = work.after(this.#seen, maxPast)
    const skipped = work.skipped - this.#skipped + (this.#seen === 0 ? 0 : work.sequence - this.#seen - runs.length)
    this.#seen = work.sequence
    this.#skipped = work.skipped
    const running = this.#state.running(maxRunning)
    return { done: false, value: { at: this.#toldAt, isFirst, runs, running, skipped } }
  }

  return(): Promise<IteratorResult<WorkEvent>> {
    this.#ended = true
    this.#unlisten()
    this.#wake()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/** What the agents of this replica do, twice a second at most. */
export const watchWork = ({ announcer, clock, state }: WatchDeps) => ({
  all: (): AsyncIterableIterator<WorkEvent> => new WorkStream(state, clock, announcer),
})
