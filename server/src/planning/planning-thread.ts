import { Worker } from 'node:worker_threads'
import { Lines } from '../domain/lines.ts'
import type { CompileAnswer, CompileRequest } from './answer.ts'

interface Job {
  readonly request: CompileRequest
  readonly resolve: (answer: CompileAnswer) => void
  readonly reject: (error: Error) => void
}

/** Far more than the largest plan takes; a defect that takes all the memory there is ends the thread, not the server. */
const resourceLimits = { maxOldGenerationSizeMb: 512 }

/** What a thread runs: its own bundle beside the server's, or from source. */
const threadFile = (program: string): URL =>
  program.endsWith('.ts') ? new URL('./thread-from-source.mjs', import.meta.url) : new URL('./planning.js', program)

/**
 * A thread that compiles what is too long to be compiled between two messages of agents. It is made when it is first needed and stays.
 * Clients take turns: nobody waits for all that somebody else has submitted.
 */
export class PlanningThread {
  readonly #file: URL
  readonly #lines = new Lines<Job>()
  #thread: Worker | null = null
  #current: Job | null = null
  #isStopped = false

  /** @param file the program that runs in the thread */
  constructor(file = threadFile(import.meta.url)) {
    this.#file = file
  }

  /** Rejects where the thread is lost, for whatever reason: nothing has come of it then, and it may be tried again. */
  compile(client: string, request: CompileRequest): Promise<CompileAnswer> {
    return new Promise((resolve, reject) => {
      this.#lines.add(client, { request, resolve, reject })
      this.#startNext()
    })
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#thread?.terminate()
    this.#startNext()
  }

  #startNext(): void {
    while (this.#current === null) {
      const next = this.#lines.next()
      if (next === undefined) return
      if (this.#isStopped) {
        next.job.reject(new Error('the server stops'))
        continue
      }
      this.#current = next.job
      this.#thread ??= this.#start()
      this.#thread.postMessage(next.job.request)
    }
  }

  #start(): Worker {
    const thread = new Worker(this.#file, { argv: [], resourceLimits })
    let reason = 'it ended'
    thread.on('message', (answer: CompileAnswer) => this.#finish((job) => job.resolve(answer)))
    thread.on('error', (error) => (reason = error.message))
    thread.on('exit', () => {
      this.#thread = null
      this.#finish((job) => job.reject(new Error(`the thread that compiles was lost: ${reason}`)))
    })
    // What keeps the process are its sockets.
    thread.unref()
    return thread
  }

  #finish(settle: (job: Job) => void): void {
    const job = this.#current
    this.#current = null
    if (job) settle(job)
    this.#startNext()
  }
}
