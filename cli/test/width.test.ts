import { describe, expect, it } from 'vitest'
import { paintLine } from '../src/terminal/line.ts'
import { printable } from '../src/terminal/printable.ts'
import { fitted, textWidth } from '../src/terminal/width.ts'

describe('the width of a text', () => {
  it.each([
    ['2+2', 3],
    ['２＋２', 6],
    ['漢字', 4],
    ['😀', 2],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['❤️', 2],
    ['é', 1],
    ['×÷−', 3],
    ['\u200b', 0],
  ])('of %s is %d', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })

  it('is what a text is cut to', () => {
    expect(fitted('123456', 6)).toBe('123456')
    expect(fitted('123456', 5)).toBe('1234…')
    expect(fitted('漢字漢字', 6)).toBe('漢字…')
    expect(textWidth(fitted('漢字漢字', 6))).toBe(5)
  })
})

describe('a line', () => {
  const line = [{ text: 'abc', tone: 'good' }, { text: 'defg' }] as const
  const plain = { colour: false, utf8: true }

  it('is cut off where it would not fit', () => {
    expect(paintLine(line, plain, 7)).toBe('abcdefg')
    expect(paintLine(line, plain, 6)).toBe('abcde…')
    expect(paintLine(line, plain, 2)).toBe('a…')
    expect(paintLine(line, { ...plain, utf8: false }, 6)).toBe('abcde~')
  })

  it('is coloured only where the terminal may', () => {
    expect(paintLine(line, { colour: true, utf8: true })).toBe('\x1b[32mabc\x1b[0mdefg')
  })

  it('shows nothing that a terminal would obey', () => {
    expect(printable('1\x1b[2J+\u202e2\n+3\x07')).toBe('1\uFFFD[2J+\uFFFD2 +3\uFFFD')
  })
})
