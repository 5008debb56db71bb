import { writeSync } from 'node:fs'
import { type Level, type Logger, pino } from 'pino'

/** JSON lines on stderr, or lines for a person where stderr is a terminal. */
export function createLog(level: Level | 'silent', isTerminal: boolean): Logger {
  const write = isTerminal ? (line: string) => writeLine(humanLine(line)) : writeLine
  return pino({ level, base: { program: 'reckon-agent' } }, { write })
}

const stderr = 2

/**
 * At once, so that the last line is out when the process exits. A line that a full disk or a closed terminal does not take is dropped: what an agent
 * computes is worth more than its log. pino's own destination would throw at whoever logs.
 */
function writeLine(line: string): void {
  try {
    writeSync(stderr, line)
  } catch {
    // There is nowhere left to say so.
  }
}

/** `12:34:56 WARN not connected (reason: "ECONNREFUSED")` */
export function humanLine(line: string): string {
  const { time, level, msg, program: _, ...rest } = JSON.parse(line) as Record<string, unknown>
  const clock = new Date(Number(time)).toTimeString().slice(0, 8)
  const details = Object.entries(rest).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  const label = pino.levels.labels[Number(level)] ?? 'log'
  return `${clock} ${label.toUpperCase()} ${String(msg)}${details.length > 0 ? ` (${details.join(', ')})` : ''}\n`
}
