import { pause, waitAtMost, type Clock } from '../../clock.ts'
import type { Meter } from '../../metering/meter.ts'
import { encodeMessages, type BridgeMessage } from './message.ts'

/**
 * A NOTIFY takes a lock across all commits of the database: sending is to take no more than this share of the time. On a busy database
 * that would make for long pauses, so none is longer than the other.
 */
const share = 0.05
const maxPauseMs = 50
/** How long a stop may wait for a database that does not answer. */
const maxStopMs = 1_000
/** How long to wait before the next try where nothing can be sent. */
const retryDelayMs = 1_000

interface PublisherOptions {
  readonly clock: Clock
  readonly meter: Meter
  /** Tells whether it could. */
  readonly send: (payload: string) => Promise<boolean>
  /** The others are reached again, after so many milliseconds of which something was lost. */
  readonly onReachedAgain?: (silentMs: number) => void
}

/**
 * Gathers messages and sends them, the first at once and the next after a pause: a few milliseconds where the database answers at once, a
 * twentieth of a second where it is busy. Of equal keys the last counts, and it is made as it is sent, so that it tells the latest.
 *
 * A message that could not be sent is lost, and the others have yet to learn that there was something: they are greeted as by one who has just come,
 * as soon as that can be sent, and read everything anew.
 */
export class Publisher {
  readonly #waiting = new Map<string, () => readonly BridgeMessage[]>()
  /** Messages that are made of more than one item, by key. */
  readonly #gathered = new Map<string, Set<unknown>>()
  #sending = false
  /** When something was lost that nobody has been told of yet. */
  #silentSince: number | null = null
  #stopped = false
  #drained: Promise<void> = Promise.resolve()
  readonly #from: string
  readonly #options: PublisherOptions

  constructor(from: string, options: PublisherOptions) {
    this.#from = from
    this.#options = options
  }

  add(key: string, make: () => readonly BridgeMessage[]): void {
    this.#waiting.set(key, make)
    if (!this.#sending) this.#drained = this.#drain()
  }

  /** Items of equal keys go together, each once. @param make is given those that have come by the time it is sent */
  gather<Item>(key: string, items: readonly Item[], make: (items: readonly Item[]) => readonly BridgeMessage[]): void {
    if (items.length === 0) return
    const earlier = this.#gathered.get(key)
    const gathered = earlier ?? new Set<unknown>()
    for (const item of items) gathered.add(item)
    if (earlier) return
    this.#gathered.set(key, gathered)
    this.add(key, () => {
      this.#gathered.delete(key)
      return make([...gathered] as Item[])
    })
  }

  /** Tells the others that this replica is there, and since when they may have missed something. */
  greet(): void {
    this.add('hello', () => [
      { kind: 'hello', silentMs: this.#silentSince === null ? 0 : performance.now() - this.#silentSince },
    ])
  }

  /** Resolves when all is sent that can be. */
  async stop(): Promise<void> {
    this.#stopped = true
    await waitAtMost(this.#options.clock, maxStopMs, this.#drained)
  }

  async #drain(): Promise<void> {
    this.#sending = true
    await Promise.resolve()
    while (this.#waiting.size > 0) {
      const messages = [...this.#waiting.values()].flatMap((make) => make())
      this.#waiting.clear()
      const beganAt = performance.now()
      const isSent = await this.#sendAll(messages)
      if (!isSent && this.#stopped) break
      if (isSent) this.#endSilence()
      else this.#lose(beganAt)
      const pauseMs = isSent ? Math.min(maxPauseMs, (performance.now() - beganAt) / share) : retryDelayMs
      await pause(this.#options.clock, pauseMs)
    }
    this.#sending = false
  }

  #lose(beganAt: number): void {
    this.#silentSince ??= beganAt
    this.greet()
  }

  #endSilence(): void {
    if (this.#silentSince === null) return
    const silentMs = performance.now() - this.#silentSince
    this.#silentSince = null
    this.#options.onReachedAgain?.(silentMs)
  }

  async #sendAll(messages: readonly BridgeMessage[]): Promise<boolean> {
    for (const message of messages) this.#options.meter.count('hints_total', kindOf(message))
    for (const payload of encodeMessages(this.#from, messages)) if (!(await this.#options.send(payload))) return false
    return true
  }
}

const kindOf = (message: BridgeMessage): string =>
  message.kind === 'announcement' ? message.announcement.kind : message.kind
