import type { Line, Span } from '../terminal/line.ts'
import { padded, textWidth } from '../terminal/width.ts'

export type Row = readonly (Span | string)[]

/** Rows whose cells stand below each other. */
export function alignRows(rows: readonly Row[]): Line[] {
  const spans = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)))
  const widths: number[] = []
  for (const row of spans)
    for (const [index, { text }] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, textWidth(text))
  return spans.map((row) =>
    row.map((span, index) =>
      index === row.length - 1 ? span : { ...span, text: `${padded(span.text, widths[index] ?? 0)}  ` },
    ),
  )
}

export const header = (...titles: readonly string[]): Row => titles.map((text) => ({ text, tone: 'quiet' }))
