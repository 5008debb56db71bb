import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import { backoffMs } from '../../domain/backoff.ts'
import type { ConflatedQueue } from './conflated-queue.ts'

interface SnapshotOptions<Entity> {
  readonly keyOf: (entity: Entity) => string
  readonly clock: Clock
  readonly logger: Logger
  /** How long who comes after a snapshot waits for the next of the same, in milliseconds, so that many who come at once share it. */
  readonly snapshotGapMs: number
}

/** How many snapshots of a feed are read at a time. */
const maxReads = 4
const bounds = { firstMs: 500, maxMs: 10_000 }

interface Wanted<Entity> {
  readonly topic: string
  readonly subscribers: readonly ConflatedQueue<Entity>[]
  readonly read: () => Promise<readonly Entity[]>
  /** How often it has failed. */
  readonly failures: number
}

/**
 * Reads the snapshots of new subscribers, a few at a time, and one for all that wait for the same; who has left meanwhile is passed
 * over, what fails is read again.
 */
export class SnapshotReader<Entity> {
  /** By topic. */
  readonly #waiting = new Map<string, Wanted<Entity>>()
  /** Topics that wait and may be read, in their turn. */
  readonly #due = new Set<string>()
  /** Topics that were read a moment ago. */
  readonly #recent = new Set<string>()
  #reading = 0
  readonly #options: SnapshotOptions<Entity>
  readonly #onRead: () => number

  /** @param onRead tells the moment at which a snapshot is complete */
  constructor(options: SnapshotOptions<Entity>, onRead: () => number) {
    this.#options = options
    this.#onRead = onRead
  }

  add(topic: string, subscriber: ConflatedQueue<Entity>, read: () => Promise<readonly Entity[]>): void {
    this.#enqueue({ topic, subscribers: [subscriber], read, failures: 0 })
  }

  #enqueue(wanted: Wanted<Entity>): void {
    const { topic } = wanted
    const subscribers = [...(this.#waiting.get(topic)?.subscribers ?? []), ...wanted.subscribers]
    this.#waiting.set(topic, { ...wanted, subscribers })
    if (!this.#recent.has(topic)) this.#makeDue(topic)
  }

  #makeDue(topic: string): void {
    this.#due.add(topic)
    if (this.#reading < maxReads) void this.#drain()
  }

  async #drain(): Promise<void> {
    this.#reading++
    for (const topic of this.#due) {
      this.#due.delete(topic)
      const wanted = this.#waiting.get(topic)
      this.#waiting.delete(topic)
      const subscribers = wanted?.subscribers.filter(({ isEnded }) => !isEnded) ?? []
      if (wanted && subscribers.length > 0) await this.#read({ ...wanted, subscribers })
    }
    this.#reading--
  }

  #rememberRead(topic: string): void {
    if (this.#options.snapshotGapMs === 0) return
    this.#recent.add(topic)
    this.#options.clock.after(this.#options.snapshotGapMs, () => {
      this.#recent.delete(topic)
      if (this.#waiting.has(topic)) this.#makeDue(topic)
    })
  }

  async #read({ topic, subscribers, read, ...earlier }: Wanted<Entity>): Promise<void> {
    this.#rememberRead(topic)
    try {
      const snapshot = new Map((await read()).map((entity) => [this.#options.keyOf(entity), entity]))
      const moment = this.#onRead()
      for (const subscriber of subscribers) {
        subscriber.push(snapshot)
        subscriber.completeSnapshot(moment)
      }
    } catch (error) {
      const failures = earlier.failures + 1
      const delayMs = backoffMs(failures, bounds)
      this.#options.logger.error({ err: error }, `could not read a snapshot; trying again in ${delayMs} ms`)
      const again = { topic, subscribers, read, failures }
      this.#options.clock.after(delayMs, () => this.#enqueue(again))
    }
  }
}
