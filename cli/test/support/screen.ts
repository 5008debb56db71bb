import { segments, segmentWidth } from '../../src/terminal/width.ts'

/** What a terminal shows after all that was written to it: as much of one as this program makes use of. */
export function screenOf(raw: string, columns = 80, rows = 24): string[] {
  let lines: string[][] = [[]]
  let saved = { lines, row: 0 }
  let row = 0
  let column = 0
  const line = () => (lines[row] ??= [])
  const down = () => {
    row += 1
    if (row < rows) return
    lines.shift()
    row = rows - 1
  }
  for (const [whole, parameters = '', letter, text] of raw.matchAll(/\x1b\[([0-9;?]*)([A-Za-z])|([^\x1b]+)/g)) {
    if (text !== undefined) {
      for (const { segment } of segments(text)) write(segment)
      continue
    }
    const count = Number(parameters.split(';')[0]) || 1
    if (letter === 'A') row = Math.max(0, row - count)
    else if (letter === 'H') [row, column] = [count - 1, (Number(parameters.split(';')[1]) || 1) - 1]
    else if (letter === 'K') line().length = Math.min(line().length, column)
    else if (letter === 'J') {
      line().length = Math.min(line().length, column)
      lines.length = Math.min(lines.length, row + 1)
    } else if (whole === '\x1b[?1049h') {
      saved = { lines, row }
      ;[lines, row, column] = [[[]], 0, 0]
    } else if (whole === '\x1b[?1049l') [lines, row, column] = [saved.lines, saved.row, 0]
  }
  return Array.from(lines, (cells) => (cells ?? []).join('').trimEnd())

  function write(segment: string): void {
    for (const part of segment === '\r\n' ? ['\r', '\n'] : [segment]) {
      if (part === '\r') column = 0
      else if (part === '\n') down()
      else put(part)
    }
  }

  function put(segment: string): void {
    const width = segmentWidth(segment)
    if (width === 0) return
    if (column + width > columns) {
      column = 0
      down()
    }
    while (line().length < column) line().push(' ')
    line().splice(column, width, segment, ...(width === 2 ? [''] : []))
    column += width
  }
}
