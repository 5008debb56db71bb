import { inAscii } from './printable.ts'
import { beginning, textWidth } from './width.ts'

/** What a piece of text means; how it looks, the terminal decides. */
export type Tone = 'plain' | 'strong' | 'quiet' | 'good' | 'bad' | 'busy' | 'ready'

export interface Span {
  readonly text: string
  readonly tone?: Tone
}

/** A line to show: pieces of text side by side, none of which holds a control character. */
export type Line = readonly Span[]

export interface Paint {
  readonly colour: boolean
  readonly utf8: boolean
}

const codes: Readonly<Record<Tone, string>> = {
  plain: '',
  strong: '1',
  quiet: '2',
  good: '32',
  bad: '31',
  busy: '36',
  ready: '33',
}

export const lineWidth = (line: Line): number => line.reduce((width, { text }) => width + textWidth(text), 0)

/** The text of a line, cut off where it would not fit. */
export function paintLine(line: Line, { colour, utf8 }: Paint, columns = Infinity): string {
  const written = utf8 ? line : line.map(({ text, ...rest }) => ({ ...rest, text: inAscii(text) }))
  const isWhole = lineWidth(written) <= columns
  let left = isWhole ? columns : columns - 1
  let painted = ''
  for (const { text: whole, tone = 'plain' } of written) {
    const text = left === Infinity ? whole : beginning(whole, left)
    painted += colour && codes[tone] !== '' && text !== '' ? `\x1b[${codes[tone]}m${text}\x1b[0m` : text
    left -= textWidth(text)
    if (text !== whole) break
  }
  return isWhole ? painted : `${painted}${utf8 ? '…' : '~'}`
}
