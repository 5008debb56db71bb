import { pino } from 'pino'
import { systemClock } from '../../src/clock.ts'
import { Feed } from '../../src/realtime/feed.ts'
import { Pace } from '../../src/realtime/pace.ts'

export interface Versioned {
  readonly key: string
  readonly version: number
}

interface PendingRead {
  readonly keys: readonly string[]
  answer(...entities: readonly Versioned[]): void
  fail(error: Error): void
}

/** A feed whose reads wait until the test answers them. */
export class FeedBench {
  readonly feed = new Feed<Versioned>({
    load: (keys) => this.read(keys),
    keyOf: ({ key }) => key,
    versionOf: ({ version }) => version,
    pace: unhurried(),
    logger: pino({ level: 'silent' }),
  })
  /** How many reads there have been. */
  reads = 0
  private readonly pending: PendingRead[] = []
  private wake: () => void = () => {}

  /** A snapshot that waits too. */
  readonly snapshot = (): Promise<readonly Versioned[]> => this.read(['snapshot'])

  /** The read that is under way, waiting for one where there is none. */
  async nextRead(): Promise<PendingRead> {
    for (;;) {
      const read = this.pending.shift()
      if (read) return read
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  private read(keys: readonly string[]): Promise<readonly Versioned[]> {
    this.reads++
    return new Promise((resolve, reject) => {
      this.pending.push({ keys, answer: (...entities) => resolve(entities), fail: reject })
      this.wake()
    })
  }
}

export const unhurried = () => new Pace(systemClock, Number.POSITIVE_INFINITY, 1)
