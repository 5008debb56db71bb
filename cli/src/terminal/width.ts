/**
 * First and last of the code points that terminals draw two columns wide: W and F of Unicode's EastAsianWidth.txt, blocks joined where what lies
 * between is not assigned.
 */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1aff0, 0x1b2ff],
  [0x20000, 0x3fffd],
]

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const invisible = /^(?:\p{Mark}|\p{Format}|\p{Control})+$/u
/** What is drawn as a picture, by itself or because the selector for it follows. */
const picture = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}{2}/u

export const segments = (text: string): Iterable<{ readonly segment: string; readonly index: number }> =>
  graphemes.segment(text)

/** Columns that a terminal takes for what a reader sees as one character. */
export function segmentWidth(segment: string): 0 | 1 | 2 {
  const code = segment.codePointAt(0) ?? 0
  if (code >= 0x20 && code < 0x7f) return 1
  if (invisible.test(segment)) return 0
  if (picture.test(segment)) return 2
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

/** Columns that a terminal takes for a text of one line. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const { segment } of segments(text)) width += segmentWidth(segment)
  return width
}

/** As much of the beginning of a text as fits. */
export function beginning(text: string, columns: number): string {
  let fits = ''
  let width = 0
  for (const { segment } of segments(text)) {
    width += segmentWidth(segment)
    if (width > columns) break
    fits += segment
  }
  return fits
}

/** A text, or its beginning with a mark that something is left out. */
export const fitted = (text: string, columns: number, ellipsis = '…'): string =>
  textWidth(text) <= columns ? text : beginning(text, columns - 1) + ellipsis

/** A text, and space up to so many columns. */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - textWidth(text)))
