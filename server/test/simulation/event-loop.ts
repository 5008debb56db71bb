import TinyQueue from 'tinyqueue'
import type { Clock } from '../../src/clock.ts'

/** What runs by itself and can be stopped by itself: a replica, an agent, a client, the database. */
export class Process {
  readonly name: string
  isAlive = true
  /** Whether it was ever kept from going on, so that the others may have thought it lost. */
  wasHindered = false
  /** What came while it stood still, as after SIGSTOP; null while it runs. */
  deferred: Entry[] | null = null

  constructor(name: string) {
    this.name = name
  }

  get isFrozen(): boolean {
    return this.deferred !== null
  }
}

interface Entry {
  at: number
  order: number
  readonly process: Process
  readonly run: () => void
  isCancelled: boolean
}

const turnOfTheRealLoop = setImmediate

/**
 * Time and turns of the simulation. Everything that happens is an entry here, timers of the code under test included, and belongs to a
 * process: nothing of one that has crashed ever happens, and of one that stands still it happens when it goes on.
 */
export class EventLoop implements Clock {
  private readonly entries = new TinyQueue<Entry>([], (a, b) => a.at - b.at || a.order - b.order)
  private time = 1_000_000_000
  private scheduled = 0
  private current: Process | null = null
  /** How many entries have had their turn. */
  turns = 0

  now(): number {
    return this.time
  }

  schedule(process: Process, delayMs: number, run: () => void): Entry {
    return this.enqueue({ at: 0, order: 0, process, run, isCancelled: false }, delayMs)
  }

  private enqueue(entry: Entry, delayMs: number): Entry {
    entry.at = this.time + Math.max(0, delayMs)
    entry.order = this.scheduled++
    this.entries.push(entry)
    return entry
  }

  /** Runs the next entry, and all that follows from it without waiting. Returns whether there was one. */
  async step(): Promise<boolean> {
    const entry = this.entries.pop()
    if (entry === undefined) return false
    this.time = Math.max(this.time, entry.at)
    const { process } = entry
    if (entry.isCancelled || !process.isAlive) return true
    if (process.deferred) {
      process.deferred.push(entry)
      return true
    }
    this.turns++
    this.current = process
    entry.run()
    await new Promise<void>((resolve) => void turnOfTheRealLoop(resolve))
    this.current = null
    return true
  }

  freeze(process: Process): void {
    process.wasHindered = true
    process.deferred ??= []
  }

  thaw(process: Process): void {
    const deferred = process.deferred ?? []
    process.deferred = null
    for (const entry of deferred) this.enqueue(entry, 0)
  }

  /** Takes the timers of the code under test in hand, for the process whose turn it is. Returns the way to give them back. */
  takeTimers(): () => void {
    const start = (run: () => void, delayMs = 0) => {
      if (this.current === null) throw new Error('a timer was started outside of any process')
      const timer = this.schedule(this.current, delayMs, run)
      return Object.assign(timer, { ref: () => timer, unref: () => timer })
    }
    const clear = (timer?: Entry) => {
      if (timer) timer.isCancelled = true
    }
    const { setTimeout, clearTimeout, setImmediate } = globalThis
    Object.assign(globalThis, { setTimeout: start, clearTimeout: clear, setImmediate: (run: () => void) => start(run) })
    return () => void Object.assign(globalThis, { setTimeout, clearTimeout, setImmediate })
  }
}
