import { writeSync } from 'node:fs'
import { levels, pino, type DestinationStream, type LevelWithSilent, type Logger } from 'pino'

export interface LogOptions {
  readonly level: LevelWithSilent
  readonly format: 'json' | 'text'
}

/** A log of lines: of JSON for programs, or of text for people. */
export function createLog({ level, format }: LogOptions, descriptor: number, complain: (line: string) => void): Logger {
  const destination = new LogDestination(descriptor, complain)
  return pino({ level }, format === 'json' ? destination : { write: (line) => destination.write(asText(line)) })
}

/** `2026-11-27T14:05:37.123Z info  listening {"port":4000}` */
function asText(line: string): string {
  const { time, level, msg, pid: _pid, hostname: _hostname, ...fields } = JSON.parse(line) as Line
  const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
  return `${new Date(time).toISOString()} ${(levels.labels[level] ?? '').padEnd(5)} ${msg ?? ''}${rest}\n`
}

interface Line {
  readonly time: number
  readonly level: number
  readonly msg?: string
  readonly [field: string]: unknown
}

/**
 * Writes each line at once, so that the last is out when the process exits. Where a line cannot be written, as on a full disk, it is dropped and
 * `complain` told, once until lines can be written again. pino's own destination throws at whoever logs, and at `fatal` tries for ever.
 */
export class LogDestination implements DestinationStream {
  readonly #descriptor: number
  readonly #complain: (line: string) => void
  #dropped = 0
  /** Whether the last line that was written lacks its end. */
  #isCut = false

  constructor(descriptor: number, complain: (line: string) => void) {
    this.#descriptor = descriptor
    this.#complain = complain
  }

  write(line: string): void {
    try {
      this.#writeAll(Buffer.from(this.#isCut ? `\n${line}` : line))
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (this.#dropped++ === 0) this.#complain(`the log cannot be written (${code ?? message}): going on without it`)
      return
    }
    if (this.#dropped === 0) return
    this.#complain(`the log can be written again; it lacks ${this.#dropped} lines`)
    this.#dropped = 0
  }

  #writeAll(bytes: Buffer): void {
    for (let written = 0; written < bytes.length;) {
      written += this.#writeSome(bytes.subarray(written))
      this.#isCut = written < bytes.length
    }
  }

  /** A pipe that its reader has let fill up is waited for, so that nobody loses lines by reading slowly. */
  #writeSome(bytes: Buffer): number {
    for (;;)
      try {
        return writeSync(this.#descriptor, bytes)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
        Atomics.wait(pause, 0, 0, pauseMs)
      }
  }
}

const pauseMs = 10
const pause = new Int32Array(new SharedArrayBuffer(4))
