import type { Logger } from 'pino'
import { Latest } from './latest.ts'
import type { Pace } from './pace.ts'

interface FeedOptions<Entity> {
  /** Reads entities as they are now, for all subscribers at once; one that is gone is left out. */
  readonly load: (keys: readonly string[]) => Promise<readonly Entity[]>
  readonly keyOf: (entity: Entity) => string
  /** How often changes are read at most. */
  readonly pace: Pace
  readonly logger: Logger
}

/** How long to wait before reading again what could not be read. */
const retryDelayMs = 1_000

/**
 * Changes of one kind of entity, for those who watch. Subscribers stand under topics; a change names its topics and the key of what
 * changed, and the entity is read once for all of them.
 *
 * One read is under way at a time, snapshots included, so that no subscriber ever sees an entity go backwards; what changes meanwhile
 * is the next read. Whatever nobody watches costs a lookup.
 */
export class Feed<Entity> {
  private readonly topics = new Map<string, Set<Latest<Entity>>>()
  private readonly changed = new Map<string, Set<string>>()
  private readonly snapshots: (() => Promise<void>)[] = []
  private reading = false
  private readonly options: FeedOptions<Entity>

  constructor(options: FeedOptions<Entity>) {
    this.options = options
  }

  isWatched(topic: string): boolean {
    return this.topics.has(topic)
  }

  /** An entity changed: everyone under these topics will see its latest state. */
  notice(key: string, topics: readonly string[]): void {
    for (const topic of topics) if (this.topics.has(topic)) this.mark(key, topic)
    if (this.changed.size > 0) void this.read()
  }

  /** Registers, then reads the snapshot, then brings changes: so nothing falls between. */
  subscribe(topic: string, snapshot: () => Promise<readonly Entity[]>): AsyncIterableIterator<Entity[]> {
    const subscriber = new Latest<Entity>(() => this.leave(topic, subscriber))
    const subscribers = this.topics.get(topic) ?? new Set()
    this.topics.set(topic, subscribers.add(subscriber))
    this.snapshots.push(async () => {
      this.deliver([subscriber], await snapshot())
      subscriber.completeSnapshot()
    })
    void this.read()
    return subscriber
  }

  private leave(topic: string, subscriber: Latest<Entity>): void {
    const subscribers = this.topics.get(topic)
    subscribers?.delete(subscriber)
    if (subscribers?.size === 0) this.topics.delete(topic)
  }

  private async read(): Promise<void> {
    if (this.reading) return
    this.reading = true
    // Not at once, so that what the same turn of the event loop brings is one read.
    await Promise.resolve()
    while (this.snapshots.length > 0 || this.changed.size > 0) {
      try {
        await (this.snapshots.length > 0 ? this.readSnapshot() : this.readChanges())
      } catch (error) {
        this.options.logger.error({ err: error }, 'could not read what subscribers watch; trying again')
        await new Promise((resolve) => setTimeout(resolve, retryDelayMs))
      }
    }
    this.reading = false
  }

  private async readSnapshot(): Promise<void> {
    await this.snapshots[0]?.()
    this.snapshots.shift()
  }

  private async readChanges(): Promise<void> {
    await this.options.pace.turn()
    const changes = new Map(this.changed)
    this.changed.clear()
    try {
      for (const entity of await this.options.load([...changes.keys()]))
        for (const topic of changes.get(this.options.keyOf(entity)) ?? [])
          this.deliver(this.topics.get(topic) ?? [], [entity])
    } catch (error) {
      for (const [key, topics] of changes) for (const topic of topics) this.mark(key, topic)
      throw error
    }
  }

  private mark(key: string, topic: string): void {
    const topics = this.changed.get(key) ?? new Set()
    this.changed.set(key, topics.add(topic))
  }

  private deliver(subscribers: Iterable<Latest<Entity>>, entities: readonly Entity[]): void {
    for (const subscriber of subscribers)
      for (const entity of entities) subscriber.push(this.options.keyOf(entity), entity)
  }
}
