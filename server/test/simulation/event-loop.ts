import TinyQueue from 'tinyqueue'

/** What runs by itself and can be stopped by itself: a replica, an agent, a client, the database. */
export class Process {
  name: string
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

/**
 * Time and turns of the simulation. Everything that happens is an entry here, timers of the scheduler's included, and belongs to a process: nothing of one that has crashed ever happens, and of one that stands still it happens when it goes on.
 */
export class EventLoop {
  private readonly entries = new TinyQueue<Entry>([], (a, b) => a.at - b.at || a.order - b.order)
  private time = 1_000_000_000
  private scheduled = 0
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
    entry.run()
    await new Promise<void>((resolve) => void setImmediate(resolve))
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
}
