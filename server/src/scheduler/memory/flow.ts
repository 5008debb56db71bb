import type { OperationName } from '../../domain/operation.ts'
import type { ReplicaFlow } from '../../store/replicas/replica-stats.ts'

interface Interval {
  readonly done: Map<OperationName, number>
  seconds: number
  delayMs: number
  begun: number
}

const begin = (): Interval => ({ done: new Map(), seconds: 0, delayMs: 0, begun: 0 })

/**
 * What goes through a replica: counted as it goes, told with each heartbeat as it was over the last two, so that who looks at every second one
 * misses nothing.
 */
export class Flow {
  #before: Interval | null = null
  #now = begin()
  #since: number | null = null

  noteDone(operation: OperationName, count: number): void {
    this.#now.done.set(operation, (this.#now.done.get(operation) ?? 0) + count)
  }

  /** @param delayMs how long a task was ready before an agent began it */
  noteBegun(delayMs: number): void {
    this.#now.delayMs += delayMs
    this.#now.begun++
  }

  take(now: number): ReplicaFlow {
    const current = this.#now
    current.seconds = Math.max(0.1, this.#since === null ? 1 : (now - this.#since) / 1_000)
    const intervals = this.#before === null ? [current] : [this.#before, current]
    const sum = (figure: 'seconds' | 'delayMs' | 'begun') => intervals.reduce((total, one) => total + one[figure], 0)
    const done = new Map<OperationName, number>()
    for (const interval of intervals)
      for (const [operation, count] of interval.done) done.set(operation, (done.get(operation) ?? 0) + count)
    this.#before = current
    this.#now = begin()
    this.#since = now
    return {
      perSecond: [...done].map(([operation, count]) => [operation, count / sum('seconds')] as const),
      begun: sum('begun'),
      delayMs: sum('delayMs'),
    }
  }
}
