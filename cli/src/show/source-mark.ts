import type { Line } from '../terminal/line.ts'
import { segments, segmentWidth } from '../terminal/width.ts'

/** A stretch of a source: from 0, in UTF-16 code units. */
export interface Stretch {
  readonly position: number
  readonly length: number
}

interface Cell {
  readonly text: string
  readonly width: number
  readonly isMarked: boolean
}

const indent = '  '

/** The line of a source in which something is wrong, and carets below it. Of a long line that part is shown which fits. */
export function markSource(source: string, stretch: Stretch, columns: number): Line[] {
  const from = Math.max(source.lastIndexOf('\n', stretch.position - 1) + 1, 0)
  const lineEnd = source.indexOf('\n', stretch.position)
  const cells = cellsOf(source.slice(from, lineEnd < 0 ? undefined : lineEnd), {
    ...stretch,
    position: stretch.position - from,
  })
  const { shown, hasBefore, hasAfter } = windowOf(cells, Math.max(10, columns - indent.length - 2))
  const before = hasBefore ? '…' : ''
  const text = shown.map((cell) => cell.text).join('')
  const carets = shown.map(({ isMarked, width }) => (isMarked ? '^' : ' ').repeat(width)).join('')
  return [
    [{ text: `${indent}${before}${text}${hasAfter ? '…' : ''}`.trimEnd() }],
    [{ text: `${indent}${before && ' '}${carets}`.trimEnd(), tone: 'bad' }],
  ]
}

/** What a reader sees as characters, each with its place on a terminal; at the end one that is empty, where something may be missing. */
function cellsOf(text: string, { position, length }: Stretch): Cell[] {
  const end = position + Math.max(1, length)
  const cells: Cell[] = []
  for (const { segment, index } of segments(text)) {
    const shown = /^\p{Control}/u.test(segment) ? (/^\s/.test(segment) ? ' ' : '\uFFFD') : segment
    const isMarked = index < end && index + segment.length > position
    cells.push({ text: shown, width: segmentWidth(shown), isMarked })
  }
  return [...cells, { text: ' ', width: 1, isMarked: position >= text.length }]
}

/** Of the cells those around the first that is marked. */
function windowOf(cells: readonly Cell[], columns: number) {
  const marked = Math.max(
    0,
    cells.findIndex(({ isMarked }) => isMarked),
  )
  let first = marked
  for (let width = 0; first > 0; first -= 1) {
    width += cells[first - 1]?.width ?? 0
    if (width > columns / 2) break
  }
  let last = first
  for (let width = 0; last < cells.length; last += 1) {
    width += cells[last]?.width ?? 0
    if (width > columns) break
  }
  return { shown: cells.slice(first, last), hasBefore: first > 0, hasAfter: last < cells.length }
}
