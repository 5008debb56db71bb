import type { Logger } from 'pino'
import type { Latest } from './latest.ts'

interface SnapshotOptions<Entity> {
  readonly keyOf: (entity: Entity) => string
  readonly logger: Logger
}

/** How many snapshots of a feed are read at once. */
const atATime = 4
const firstDelayMs = 500
const longestDelayMs = 10_000

interface Wanted<Entity> {
  readonly subscriber: Latest<Entity>
  readonly read: () => Promise<readonly Entity[]>
  /** How long to wait should it fail, in milliseconds. */
  readonly delayMs: number
}

/** Reads the snapshots of new subscribers, a few at a time; one that has left meanwhile is passed over, one that fails is read again. */
export class SnapshotReader<Entity> {
  private readonly waiting: Wanted<Entity>[] = []
  private reading = 0
  private readonly options: SnapshotOptions<Entity>
  private readonly nextMoment: () => number

  constructor(options: SnapshotOptions<Entity>, nextMoment: () => number) {
    this.options = options
    this.nextMoment = nextMoment
  }

  add(subscriber: Latest<Entity>, read: () => Promise<readonly Entity[]>): void {
    this.enqueue({ subscriber, read, delayMs: firstDelayMs })
  }

  private enqueue(wanted: Wanted<Entity>): void {
    this.waiting.push(wanted)
    if (this.reading < atATime) void this.drain()
  }

  private async drain(): Promise<void> {
    this.reading++
    for (let wanted = this.waiting.shift(); wanted; wanted = this.waiting.shift())
      if (!wanted.subscriber.isEnded) await this.read(wanted)
    this.reading--
  }

  private async read({ subscriber, read, delayMs }: Wanted<Entity>): Promise<void> {
    try {
      for (const entity of await read()) subscriber.push(this.options.keyOf(entity), entity)
      subscriber.completeSnapshot(this.nextMoment())
    } catch (error) {
      this.options.logger.error({ err: error }, `could not read a snapshot; trying again in ${delayMs} ms`)
      const again = { subscriber, read, delayMs: Math.min(2 * delayMs, longestDelayMs) }
      setTimeout(() => this.enqueue(again), delayMs).unref()
    }
  }
}
