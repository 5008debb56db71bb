import { type Level, type Logger, pino } from 'pino'

const output = 2

/** JSON lines on stderr, or lines for a person where stderr is a terminal. */
export function createLog(level: Level | 'silent', isTerminal: boolean): Logger {
  // Synchronous, so that the last line is out when the process exits.
  const stderr = pino.destination({ dest: output, sync: true })
  const stream = isTerminal ? { write: (line: string) => stderr.write(humanLine(line)) } : stderr
  return pino({ level, base: { program: 'reckon-agent' } }, stream)
}

/** `12:34:56 WARN not connected (reason: "ECONNREFUSED")` */
export function humanLine(line: string): string {
  const { time, level, msg, program: _, ...rest } = JSON.parse(line) as Record<string, unknown>
  const clock = new Date(Number(time)).toTimeString().slice(0, 8)
  const details = Object.entries(rest).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  const label = pino.levels.labels[Number(level)] ?? 'log'
  return `${clock} ${label.toUpperCase()} ${String(msg)}${details.length > 0 ? ` (${details.join(', ')})` : ''}\n`
}
