import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import path from 'node:path'
import { openPrivateFile } from './private-files.ts'

/** What hears of processes that must not outlive this one. */
export interface Guard {
  /** The data folder is this process's: so is all that runs on it. */
  watchFolder(): void
  watchPostmaster(pid: number): void
  watchAgent(name: string, pid: number): void
  /** Null once it has ended. */
  watchInitdb(pid: number | null): void
}

export interface GuardOptions {
  /** The data folder. */
  readonly directory: string
  /** The command line that runs the guardian, without its options. */
  readonly command: readonly [string, ...string[]]
  /** How long what outlives this process waits for another that adopts it. */
  readonly graceMs: number
  readonly log: (message: string) => void
}

const restartMs = 1_000

/**
 * Runs the guardian (see guardian.ts): a small process that outlives this one, however that ends, and then ends what it has started. Its standard
 * input is a pipe from here; what closes it cannot be missed. One that is itself ended is started again.
 */
export class Guardian implements Guard {
  readonly #options: GuardOptions
  #child: ChildProcess | null = null
  #isDone = false
  /** What it was told, for when it is started again. */
  readonly #watched = new Map<string, number>()

  private constructor(options: GuardOptions) {
    this.#options = options
  }

  static start(options: GuardOptions): Guardian {
    const guardian = new Guardian(options)
    guardian.#start()
    return guardian
  }

  watchFolder(): void {
    this.#watch('folder', 1)
  }

  watchPostmaster(pid: number): void {
    this.#watch('postmaster', pid)
  }

  watchAgent(name: string, pid: number): void {
    this.#watch(name, pid)
  }

  watchInitdb(pid: number | null): void {
    this.#watch('initdb', pid ?? 0)
  }

  /** Has it end at once what is left, for when this process is about to end. */
  hurry(): void {
    if (this.#child === null) this.#start()
    this.#isDone = true
    this.#child?.stdin?.end('now\n')
  }

  /** As `hurry`, and resolves when the guardian has ended too. */
  async stop(): Promise<void> {
    this.hurry()
    const child = this.#child
    if (child === null) return
    // It keeps the process alive from here on, until it has ended.
    child.ref()
    await new Promise((resolve) => child.once('exit', resolve))
  }

  #watch(what: string, pid: number): void {
    this.#watched.set(what, pid)
    this.#child?.stdin?.write(`${what} ${pid}\n`)
  }

  #start(): void {
    if (this.#isDone) return
    let child: ChildProcess
    try {
      child = this.#spawn()
    } catch (error) {
      return this.#startLater(`could not start the guardian: ${String(error)}`)
    }
    this.#child = child
    child.once('error', (error) => this.#onEnd(child, `could not start the guardian: ${error.message}`))
    child.once('exit', () => this.#onEnd(child, 'the guardian has ended; starting it again'))
    // A pipe to what has ended breaks; 'exit' says so.
    child.stdin?.on('error', () => {})
    child.unref()
    if (child.stdin instanceof Socket) child.stdin.unref()
    for (const [what, pid] of this.#watched) this.#watch(what, pid)
  }

  /** In a session of its own, which neither Ctrl-C nor the end of a terminal reaches. */
  #spawn(): ChildProcess {
    const { directory, command, graceMs } = this.#options
    const [program, ...parameters] = command
    const log = openPrivateFile(path.join(directory, 'guardian.log'), 'a')
    try {
      return spawn(program, [...parameters, directory, String(graceMs)], {
        detached: true,
        windowsHide: true,
        stdio: ['pipe', 'ignore', log],
      })
    } finally {
      closeSync(log)
    }
  }

  #onEnd(child: ChildProcess, message: string): void {
    if (this.#child !== child) return
    this.#child = null
    if (!this.#isDone) this.#startLater(message)
  }

  #startLater(message: string): void {
    this.#options.log(message)
    setTimeout(() => this.#start(), restartMs).unref()
  }
}
