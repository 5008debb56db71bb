import type { Logger } from 'pino'
import { pause, type Clock } from '../../clock.ts'
import type { Meter } from '../../metering/meter.ts'
import { ConflatedQueue } from './conflated-queue.ts'
import type { Pace } from './pace.ts'
import type { Registrations } from './registrations.ts'
import { SnapshotReader } from './snapshot-reader.ts'

interface FeedOptions<Entity> {
  /**
   * Tells what entities are now, for all subscribers at once; one that is gone is left out. Never older than in an earlier answer or in a
   * snapshot that was complete before.
   */
  readonly load: (keys: readonly string[]) => Promise<readonly Entity[]>
  readonly keyOf: (entity: Entity) => string
  readonly versionOf: (entity: Entity) => number
  /** Where other replicas must know what is watched here. */
  readonly registrations?: Registrations
  /** The last subscriber of a topic has gone. */
  readonly onUnwatched?: (topic: string) => void
  /** How often changes are read at most. */
  readonly pace: Pace
  readonly clock: Clock
  readonly meter: Meter
  /** See `SnapshotReader`. */
  readonly snapshotGapMs: number
  readonly logger: Logger
}

/** How long a step on the way may wait: shorter than a picture stands on a screen. */
const soonMs = 10

/** How long to wait before reading again what could not be read. */
const retryDelayMs = 1_000

/**
 * Changes of one kind of entity, for those who watch. Subscribers stand under topics; a change names its topics and the key of what
 * changed, and the entity is read once for all of them.
 *
 * One read of changes is under way at a time, and what changes meanwhile is the next; snapshots are read beside it, and shown with
 * whatever has changed since. So no subscriber sees an entity go backwards, and none waits for another. Whatever nobody watches costs a
 * lookup.
 */
export class Feed<Entity> {
  readonly #topics = new Map<string, Set<ConflatedQueue<Entity>>>()
  /** Keys of what has changed, by topic. */
  readonly #changed = new Map<string, Set<string>>()
  readonly #snapshots: SnapshotReader<Entity>
  #reading = false
  /** When the oldest change came that is not shown yet. */
  #changedAt: number | null = null
  /** Whether something of what has changed is to be shown now. */
  #isDue = false
  #cancelSoon: (() => void) | undefined
  /** Counts what happens, so that it is known what was before what. */
  #moment = 0
  readonly #options: FeedOptions<Entity>

  constructor(options: FeedOptions<Entity>) {
    this.#options = options
    this.#snapshots = new SnapshotReader(options, () => ++this.#moment)
  }

  isWatched(topic: string): boolean {
    return this.#topics.has(topic)
  }

  watchedTopics(): string[] {
    return [...this.#topics.keys()]
  }

  /**
   * An entity changed: everyone under these topics will see its latest state.
   * @param when a step on the way may be shown a moment later, with whatever follows it at once
   */
  notice(key: string, topics: readonly string[], when: 'now' | 'soon' = 'now'): void {
    const watched = topics.filter((topic) => this.#topics.has(topic))
    if (watched.length === 0) return
    this.#changedAt ??= this.#options.meter.now()
    for (const topic of watched) this.#changedUnder(topic).add(key)
    if (when === 'now') this.#makeDue()
    else this.#cancelSoon ??= this.#options.clock.after(soonMs, () => this.#makeDue())
  }

  #makeDue(): void {
    this.#cancelSoon?.()
    this.#cancelSoon = undefined
    this.#isDue = true
    void this.#read()
  }

  /** After changes may have been missed, all that is watched counts as changed. @param keysOf what stands under a topic */
  async refresh(
    keysOf: (topic: string) => Promise<readonly string[]>,
    topics: readonly string[] = this.watchedTopics(),
  ): Promise<void> {
    for (const topic of topics) {
      const keys = await this.#readKeys(topic, keysOf)
      for (const key of keys) this.notice(key, [topic])
    }
  }

  /** Until they are read, or nobody watches any more: nothing else would tell what was missed. */
  async #readKeys(topic: string, keysOf: (topic: string) => Promise<readonly string[]>): Promise<readonly string[]> {
    while (this.isWatched(topic))
      try {
        return await keysOf(topic)
      } catch (error) {
        this.#options.logger.error({ err: error }, 'could not read what subscribers watch; trying again')
        await pause(this.#options.clock, retryDelayMs)
      }
    return []
  }

  /** Registers, then reads the snapshot, then brings changes: so nothing falls between. */
  subscribe(topic: string, snapshot: () => Promise<readonly Entity[]>): AsyncIterableIterator<Entity[]> {
    const subscriber = new ConflatedQueue<Entity>(this.#options.versionOf, () => this.#leave(topic, subscriber))
    const subscribers = this.#topics.get(topic) ?? new Set()
    this.#topics.set(topic, subscribers.add(subscriber))
    const registered = this.#options.registrations?.register(topic) ?? null
    const read = () => this.#snapshots.add(topic, subscriber, snapshot)
    if (registered === null) read()
    else void registered.then(read)
    return subscriber
  }

  /** What stood under a topic is gone, and nothing of it will change again: its subscriptions complete. */
  end(topic: string): void {
    for (const subscriber of [...(this.#topics.get(topic) ?? [])]) void subscriber.return()
  }

  #leave(topic: string, subscriber: ConflatedQueue<Entity>): void {
    const subscribers = this.#topics.get(topic)
    subscribers?.delete(subscriber)
    if (subscribers?.size !== 0) return
    this.#topics.delete(topic)
    this.#options.registrations?.end(topic)
    this.#options.onUnwatched?.(topic)
  }

  async #read(): Promise<void> {
    if (this.#reading) return
    const { clock, pace } = this.#options
    this.#reading = true
    // Not at once, so that what the same turn of the event loop brings is one read.
    await Promise.resolve()
    while (this.#isDue) {
      await pace.turn()
      this.#isDue = false
      const changes = new Map(this.#changed)
      this.#changed.clear()
      const changedAt = this.#changedAt
      this.#changedAt = null
      const began = ++this.#moment
      try {
        const entities = await this.#options.load(allKeys(changes))
        // Until the event loop turns, as writing them to every subscriber is the greater part. Waiting for the database takes no time
        // from anybody.
        const beganAt = clock.now()
        this.#deliver(changes, entities, began)
        this.#measure(changedAt)
        setImmediate(() => pace.took(clock.now() - beganAt))
      } catch (error) {
        // What changed first is shown first.
        this.#changedAt = changedAt
        const meanwhile = [...this.#changed]
        this.#changed.clear()
        for (const [topic, keys] of [...changes, ...meanwhile]) this.#markAll(keys, topic)
        this.#options.logger.error({ err: error }, 'could not read what subscribers watch; trying again')
        await pause(this.#options.clock, retryDelayMs)
      }
    }
    this.#reading = false
  }

  #measure(changedAt: number | null): void {
    const { meter } = this.#options
    if (changedAt !== null) meter.observe('subscription_lag_seconds', (meter.now() - changedAt) / 1_000)
  }

  #changedUnder(topic: string): Set<string> {
    const keys = this.#changed.get(topic) ?? new Set()
    this.#changed.set(topic, keys)
    return keys
  }

  #deliver(changes: ReadonlyMap<string, ReadonlySet<string>>, entities: readonly Entity[], began: number): void {
    const byKey = new Map(entities.map((entity) => [this.#options.keyOf(entity), entity]))
    for (const [topic, keys] of changes) {
      const batch = new Map<string, Entity>()
      for (const key of keys) {
        const entity = byKey.get(key)
        if (entity !== undefined) batch.set(key, entity)
      }
      for (const subscriber of this.#topics.get(topic) ?? [])
        // What was read before a snapshot was complete may be older than it: for that subscriber it is read again.
        if (subscriber.openedAt !== null && subscriber.openedAt > began) this.#markAll(batch.keys(), topic)
        else subscriber.push(batch)
    }
  }

  #markAll(keys: Iterable<string>, topic: string): void {
    for (const key of keys) this.#changedUnder(topic).add(key)
    this.#isDue = true
  }
}

/** Each once: most changes are of one topic. */
function allKeys(changes: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const all = new Set<string>()
  for (const keys of changes.values()) for (const key of keys) all.add(key)
  return [...all]
}
