/** The characters that pictures are made of. */
export interface Glyphs {
  readonly done: string
  readonly running: string
  readonly ready: string
  readonly waiting: string
  readonly failed: string
  readonly full: string
  readonly empty: string
  readonly branch: string
  readonly lastBranch: string
  readonly pipe: string
  readonly unknown: string
  readonly cell: string
}

export const utf8Glyphs: Glyphs = {
  done: '✓',
  running: '▶',
  ready: '○',
  waiting: '·',
  failed: '✗',
  full: '█',
  empty: '░',
  branch: '├ ',
  lastBranch: '└ ',
  pipe: '│ ',
  unknown: '…',
  cell: '·',
}

export const asciiGlyphs: Glyphs = {
  done: 'v',
  running: '>',
  ready: 'o',
  waiting: '.',
  failed: 'x',
  full: '#',
  empty: '-',
  branch: '|-',
  lastBranch: '`-',
  pipe: '| ',
  unknown: '_',
  cell: '.',
}

/** How far something has come, as a bar of so many columns. */
export function bar(completed: number, total: number, columns: number, glyphs: Glyphs): string {
  const part = total === 0 ? 1 : completed / total
  const full = Math.floor(part * columns)
  return glyphs.full.repeat(full) + glyphs.empty.repeat(columns - full)
}
