import { Worker } from 'node:worker_threads'
import type { Outcome } from './compute.ts'
import { agentError, type Computer, type Operation } from './operation.ts'

/** What a worker is sent; it answers with an `Outcome`. */
export interface WorkerTask {
  readonly operation: Operation
  readonly maxDigits: number
}

export interface WorkersOptions {
  /** The program that runs in each thread; it serves (see `serve`) where it finds that it is one. */
  readonly file: URL
  /** How many there are at most. */
  readonly size: number
}

interface Job extends WorkerTask {
  readonly onOutcome: (outcome: Outcome) => void
}

/**
 * Threads that compute what would keep the socket waiting, so that no number however long costs the session. They are made as they are
 * needed and stay. An operation that is taken back while it is computed is let finish: the longest of two operands takes 30 ms, of a hundred
 * 60, and 200 where these are fractions that begin alike; and a thread would have to be started anew.
 */
export class Workers implements Computer {
  readonly #options: WorkersOptions
  /** In order of arrival. */
  readonly #queue = new Set<Job>()
  /** Each thread with what it computes; undefined where it is idle. */
  readonly #threads = new Map<Worker, Job | undefined>()
  readonly #takenBack = new WeakSet<Job>()

  constructor(options: WorkersOptions) {
    this.#options = options
  }

  compute(operation: Operation, maxDigits: number, onOutcome: (outcome: Outcome) => void): () => void {
    const job = { operation, maxDigits, onOutcome }
    this.#queue.add(job)
    this.#startJobs()
    return () => {
      this.#takenBack.add(job)
      this.#queue.delete(job)
    }
  }

  #startJobs(): void {
    for (const job of this.#queue) {
      const thread = this.#idleThread()
      if (thread === undefined) return
      this.#queue.delete(job)
      this.#threads.set(thread, job)
      thread.postMessage({ operation: job.operation, maxDigits: job.maxDigits } satisfies WorkerTask)
    }
  }

  #idleThread(): Worker | undefined {
    for (const [thread, job] of this.#threads) if (job === undefined) return thread
    return this.#threads.size < this.#options.size ? this.#startThread() : undefined
  }

  #startThread(): Worker {
    const { file } = this.#options
    const thread = new Worker(file, { argv: [] })
    let reason = 'it ended'
    thread.on('message', (outcome: Outcome) => {
      const job = this.#threads.get(thread)
      this.#threads.set(thread, undefined)
      this.#settle(job, outcome)
    })
    thread.on('error', (error) => (reason = error.message))
    thread.on('exit', () => {
      const job = this.#threads.get(thread)
      this.#threads.delete(thread)
      this.#settle(job, agentError(`The thread that computed it was lost: ${reason}.`))
    })
    // It is the socket that keeps the process.
    thread.unref()
    this.#threads.set(thread, undefined)
    return thread
  }

  #settle(job: Job | undefined, outcome: Outcome): void {
    if (job && !this.#takenBack.has(job)) job.onOutcome(outcome)
    this.#startJobs()
  }
}
