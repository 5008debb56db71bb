import { describe, expect, it } from 'vitest'
import { formatDuration } from '../src/format/duration.ts'
import { formatNumber, plural, shorten, shortenNumber, splitExponent } from '../src/format/number.ts'
import { formatAgo, formatClockSecond, formatClockTime } from '../src/format/time.ts'

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [-5, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [6249, '6.2 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min'],
    [125_000, '2 min 5 s'],
    [3_599_400, '59 min 59 s'],
    [3_599_500, '1 h'],
    [3_840_000, '1 h 4 min'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text))
})

describe('formatAgo', () => {
  const at = '2026-03-01T12:00:00.000Z'
  const after = (seconds: number) => formatAgo(at, Date.parse(at) + seconds * 1000)
  it.each([
    [0, 'just now'],
    // A server whose clock is ahead of the browser's.
    [-30, 'just now'],
    [12, '12 s ago'],
    [59, '59 s ago'],
    [60, '1 min ago'],
    [3 * 3600 + 5, '3 h ago'],
  ])('after %d s is %s', (seconds, text) => expect(after(seconds)).toBe(text))
  it('is a date after a day', () => expect(after(2 * 86_400)).toMatch(/Mar/))
})

describe('the first hour of a day', () => {
  const at = new Date(2026, 0, 1, 0, 5, 3)
  it('is 00 to the tenth of a second', () => expect(formatClockTime(at.toISOString())).toBe('00:05:03.0'))
  it('is 00 to the second', () => expect(formatClockSecond(at.getTime())).toBe('00:05:03'))
  it('is 00 after a date', () =>
    expect(formatAgo(at.toISOString(), at.getTime() + 2 * 86_400_000)).toBe('Jan 1, 00:05'))
})

describe('shortenNumber', () => {
  it.each([
    ['123', 8, '123'],
    ['3.14159265358', 8, '3.14159…'],
    ['-0.333333333333', 8, '-0.3333…'],
    ['123456789012', 8, '12345…12'],
    ['3703703670.857142', 8, '37037…70'],
    // A number without its exponent would be another number.
    ['3.27339060790E+150', 10, '3.27…E+150'],
    ['-3.27339060790E+150', 8, '-3…E+150'],
  ])('%s in %d characters is %s', (text, length, short) => expect(shortenNumber(text, length)).toBe(short))
})

describe('splitExponent', () => {
  it.each([
    ['1.606938044258990E+60', '1.606938044258990', 'E+60'],
    ['-1E-7', '-1', 'E-7'],
    ['0.25', '0.25', ''],
  ])('%s is %s and %j', (text, digits, exponent) => expect(splitExponent(text)).toEqual({ digits, exponent }))
})

describe('others', () => {
  it('shorten leaves out the middle', () => expect(shorten('abcdefghij', 7)).toBe('abcd…ij'))
  it('shorten keeps what fits', () => expect(shorten('abc', 3)).toBe('abc'))
  it('formatNumber has a true minus sign', () => expect(formatNumber('-3')).toBe('−3'))
  it('plural counts', () => expect([plural(1, 'slot'), plural(5000, 'slot')]).toEqual(['1 slot', '5,000 slots']))
})
