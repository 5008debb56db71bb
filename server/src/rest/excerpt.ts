import type { Span } from '../domain/span.ts'

/** Of a line of the source: as wide as a terminal, about. */
const width = 72

export interface Place {
  /** Counted from 1, as people do. */
  readonly line: number
  readonly column: number
  /** What stands around it, and below it carets: two lines to be printed one below the other. */
  readonly excerpt: readonly [text: string, carets: string]
}

/** Where in a source something is, for people. Its cost does not grow with the length of the line. */
export function placeOf(source: string, { position, length }: Span): Place {
  const lineStart = source.lastIndexOf('\n', position - 1) + 1
  const nextBreak = source.indexOf('\n', position)
  const lineEnd = nextBreak === -1 ? source.length : nextBreak
  const from = Math.max(lineStart, Math.min(position - width / 2, lineEnd - width))
  const to = Math.min(lineEnd, from + width)
  const carets = Math.max(1, Math.min(length, to - position))
  return {
    line: linesBefore(source, lineStart) + 1,
    column: position - lineStart + 1,
    // A tab is as wide as it likes.
    excerpt: [
      source
        .slice(from, to)
        .replace(/[\t\r]/g, ' ')
        .toWellFormed(),
      ' '.repeat(position - from) + '^'.repeat(carets),
    ],
  }
}

function linesBefore(source: string, end: number): number {
  let lines = 0
  for (let at = source.indexOf('\n'); at !== -1 && at < end; at = source.indexOf('\n', at + 1)) lines++
  return lines
}
