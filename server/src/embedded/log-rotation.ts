import { closeSync, ftruncateSync, fstatSync, openSync, readdirSync, readSync, writeSync } from 'node:fs'
import path from 'node:path'
import { openPrivateFile } from './private-files.ts'

export interface LogRotationOptions {
  /** The data folder. */
  readonly directory: string
  /** A log that is longer is emptied; as much of its end is kept beside it. */
  readonly maxBytes?: number
  readonly everyMs?: number
  readonly onProblem: (error: unknown, file: string) => void
}

const defaultMaxBytes = 10 * 1024 * 1024
const defaultEveryMs = 5_000

/**
 * Keeps what `npm start` writes to disk within bounds: `server.log`, and those of PostgreSQL, guardian and agents. These others have been handed an
 * open file, and outlive a server that is killed: so nobody can be asked to open another one, and the file itself is emptied. All write at its
 * end, wherever that is. See docs/decisions/0045.
 */
export class LogRotation {
  readonly #options: LogRotationOptions
  readonly #timer: NodeJS.Timeout

  constructor(options: LogRotationOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.look(), options.everyMs ?? defaultEveryMs)
    this.#timer.unref()
    this.look()
  }

  look(): void {
    const { directory, maxBytes = defaultMaxBytes, onProblem } = this.#options
    for (const folder of [directory, path.join(directory, 'agents')])
      for (const file of logsIn(folder))
        try {
          rotate(file, maxBytes)
        } catch (error) {
          onProblem(error, file)
        }
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

function logsIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) => (name.endsWith('.log') ? path.join(folder, name) : []))
  } catch {
    // Not made yet.
    return []
  }
}

/** Without a pause, so that this process loses no line of its own, and others at most what they write in a few milliseconds. */
function rotate(file: string, maxBytes: number): void {
  const log = openSync(file, 'r+')
  try {
    const { size } = fstatSync(log)
    if (size <= maxBytes) return
    keepEnd(log, size, `${file}.1`, maxBytes)
    ftruncateSync(log)
  } finally {
    closeSync(log)
  }
}

function keepEnd(log: number, size: number, beside: string, maxBytes: number): void {
  const end = Buffer.alloc(Math.min(size, maxBytes))
  const read = readSync(log, end, 0, end.length, size - end.length)
  // From the beginning of a line on.
  const from = end.length === size ? 0 : end.indexOf('\n') + 1
  const kept = openPrivateFile(beside, 'w')
  try {
    for (let at = from; at < read;) at += writeSync(kept, end, at, read - at)
  } finally {
    closeSync(kept)
  }
}
