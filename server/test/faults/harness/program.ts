import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { shiftedClock } from './shifted-clock.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** A line of a program's log, which is JSON. */
export interface LogLine {
  readonly level: number
  readonly time: number
  readonly msg: string
  readonly [field: string]: unknown
}

interface ProgramOptions {
  readonly name: string
  /** The built file, from the root of the repository. */
  readonly file: string
  readonly argv?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** How far ahead it takes the time of day to be. */
  readonly clockAheadMs?: number
  readonly onLine: (line: LogLine) => void
}

/** `error` of pino. */
const errorLevel = 50
const kept = 40

/** A real process of a built program, which takes note of all that no program of ours may do. */
export class Program {
  readonly name: string
  /** Ended without being asked, or said something that is not its log: an unhandled rejection, a warning of Node. */
  readonly problems: string[] = []
  /** Messages of its log at `error` and above, with how often each came. */
  readonly errors = new Map<string, number>()
  /** The last lines of its log, but for what an agent tells of its work. */
  readonly lastLines: string[] = []
  /** When it ended, by this process's clock. */
  endedAt: number | null = null
  isPaused = false
  private mayEnd = false
  private readonly child: ChildProcess
  /** Resolves with its exit code, null where a signal ended it. */
  readonly ended: Promise<number | null>

  constructor({ name, file, argv = [], environment, clockAheadMs = 0, onLine }: ProgramOptions) {
    if (!existsSync(`${root}${file}`)) throw new Error(`${file} is not built: npm run build`)
    this.name = name
    const clock = clockAheadMs === 0 ? [] : [shiftedClock(clockAheadMs)]
    this.child = spawn(process.execPath, ['--enable-source-maps', ...clock, file, ...argv], {
      cwd: root,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) if (stream) this.read(stream, onLine)
    this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve(code)))
    this.child.once('exit', (code, signal) => {
      this.endedAt = Date.now()
      if (!this.mayEnd) this.problems.push(`${name} ended by itself with ${signal ?? String(code)}`)
    })
  }

  get isRunning(): boolean {
    return this.endedAt === null
  }

  /** As a crash of its machine would. */
  async kill(): Promise<void> {
    this.mayEnd = true
    this.child.kill('SIGKILL')
    await this.ended
  }

  /** In order. Resolves with the exit code; a program that takes longer than it may is killed, and that is a problem. */
  async stop(limitMs = 20_000): Promise<number | null> {
    this.mayEnd = true
    this.resume()
    this.child.kill('SIGTERM')
    const timer = setTimeout(() => {
      this.problems.push(`${this.name} did not stop within ${limitMs} ms`)
      this.child.kill('SIGKILL')
    }, limitMs)
    const code = await this.ended
    clearTimeout(timer)
    if (code !== 0 && code !== null) this.problems.push(`${this.name} stopped with ${code}`)
    return code
  }

  /** It may end from here on: it was told to by others. */
  expectEnd(): Promise<number | null> {
    this.mayEnd = true
    return this.ended
  }

  pause(): void {
    this.isPaused = true
    this.child.kill('SIGSTOP')
  }

  resume(): void {
    if (!this.isPaused) return
    this.isPaused = false
    this.child.kill('SIGCONT')
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  private read(stream: Readable, onLine: (line: LogLine) => void): void {
    createInterface({ input: stream }).on('line', (text) => {
      if (!text.includes('"computed"')) this.lastLines.push(text)
      if (this.lastLines.length > kept) this.lastLines.shift()
      const line = parse(text)
      if (line === null) return void this.problems.push(`${this.name} wrote: ${text}`)
      if (line.level >= errorLevel) this.errors.set(line.msg, (this.errors.get(line.msg) ?? 0) + 1)
      onLine(line)
    })
  }
}

function parse(text: string): LogLine | null {
  try {
    return JSON.parse(text) as LogLine
  } catch {
    return null
  }
}
