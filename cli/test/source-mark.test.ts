import { expect, test } from 'vitest'
import { markSource } from '../src/show/source-mark.ts'
import { textWidth } from '../src/terminal/width.ts'

const shown = (source: string, position: number, length: number, columns = 80) =>
  markSource(source, { position, length }, columns).map((line) => line.map(({ text }) => text).join(''))

test('a caret stands below each character that is wrong', () => {
  expect(shown('1/0', 1, 1)).toEqual(['  1/0', '   ^'])
  expect(shown('2+foo+3', 2, 3)).toEqual(['  2+foo+3', '    ^^^'])
})

test('at the end it stands where something is missing', () => {
  expect(shown('2+', 2, 0)).toEqual(['  2+', '    ^'])
  expect(shown('', 0, 0)).toEqual(['', '  ^'])
})

test('what is drawn two columns wide moves it and has two', () => {
  expect(shown('２＋?', 2, 1)).toEqual(['  ２＋?', '      ^'])
  expect(shown('1+😀+?', 2, 2)).toEqual(['  1+😀+?', '    ^^'])
  expect(shown('1+👩‍👩‍👧+?', 11, 1)).toEqual(['  1+👩‍👩‍👧+?', '       ^'])
})

test('of several lines that one is shown in which it stands', () => {
  expect(shown('x = 1\ny = 2?\nx', 11, 1)).toEqual(['  y = 2?', '       ^'])
  expect(shown('a\n\tb', 3, 1)).toEqual(['   b', '   ^'])
})

test('of a long line that part is shown in which it stands', () => {
  const source = `${'1+'.repeat(3000)}?${'+1'.repeat(3000)}`
  const [text = '', carets = ''] = shown(source, 6000, 1, 40)
  expect(textWidth(text)).toBeLessThanOrEqual(40)
  expect(text[carets.indexOf('^')]).toBe('?')
  expect(text).toMatch(/^ {2}….*…$/)
})
