import type { OperatorName } from '../operation.ts'
import { invisible } from './characters.ts'
import { malformedNumber, unknownCharacter } from './lexical-fault.ts'
import { operatorSpellings, type Token } from './token.ts'

const operators = (Object.entries(operatorSpellings) as [OperatorName, readonly string[]][]).flatMap(
  ([operation, spellings]) => spellings.map((text) => ({ text, operation })),
)
// `**` before `*`.
operators.sort((a, b) => b.text.length - a.text.length)
const operatorsByFirst = new Map(
  operators.map(({ text: first }) => [
    first.charCodeAt(0),
    operators.filter(({ text }) => text.charCodeAt(0) === first.charCodeAt(0)),
  ]),
)

/**
 * White space, and characters that only say where a line may break or that text runs from left to right: web pages and word processors put
 * them where nobody sees them. Those that turn the direction of text are none: what they surround is not what it looks like.
 */
const whiteSpace = new RegExp(`[\\s${invisible}]*`, 'y')
/** What someone may have meant as one number, right or wrong. */
const numberLike = /[\d.]+(?:(?<=\.\d*)\(\d+\)[\d.]*)?(?:[eE][+-]?[\d.]*)*/y

/**
 * Reads the token that begins at `position` or after the white space there. Tokens that are right are read code by code: a source has up to
 * ten thousand, and to try a pattern costs as much as all the rest that is done with one.
 *
 *     number = 12 | 1.5 | .5 | 5. | 1e3 | 2.5E-3 | 0.(3) | 1.2(34)
 *     name   = letter { letter | digit | "_" }
 */
export function readToken(source: string, position: number): Token {
  const start = isVisible(source.charCodeAt(position)) ? position : position + matchLength(whiteSpace, source, position)
  if (start >= source.length) return { kind: 'end', position: start, length: 0 }
  const code = source.charCodeAt(start)
  if (isDigit(code) || code === point) {
    if (code === point && source.charCodeAt(start + 1) === point) return { kind: 'dots', position: start, length: 2 }
    const length = numberLength(source, start)
    if (length > 0) return { kind: 'number', position: start, length }
    return { kind: 'invalid', fault: malformedNumber(source, start, matchLength(numberLike, source, start)) }
  }
  if (code === openParenthesis) return { kind: 'open', position: start, length: 1 }
  if (code === closeParenthesis) return { kind: 'close', position: start, length: 1 }
  if (isLetter(code)) return { kind: 'name', position: start, length: nameEnd(source, start) - start }
  for (const { text, operation } of operatorsByFirst.get(code) ?? []) {
    const { length } = text
    if (length === 1 || source.startsWith(text, start)) return { kind: 'operator', operation, position: start, length }
  }
  const mark = marks.get(code)
  if (mark !== undefined) return { kind: mark, position: start, length: 1 }
  return { kind: 'invalid', fault: unknownCharacter(source, start) }
}

const openParenthesis = 0x28
const closeParenthesis = 0x29
const plus = 0x2b
const minus = 0x2d
const point = 0x2e

const marks: ReadonlyMap<number, 'comma' | 'separator' | 'equals'> = new Map([
  [0x2c, 'comma'],
  [0x3b, 'separator'],
  [0x3d, 'equals'],
])

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** Of ASCII alone: letters of other scripts can look like these. */
const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a

const underscore = 0x5f

/** The end of a name, which goes on with letters, digits and underscores. */
function nameEnd(source: string, start: number): number {
  for (let end = start + 1; ; end += 1) {
    const code = source.charCodeAt(end)
    if (!isLetter(code) && !isDigit(code) && code !== underscore) return end
  }
}

/** `e` or `E`. */
const isExponentSign = (code: number): boolean => (code | 0x20) === 0x65

/** Whether it is surely no white space: for most characters there is no pattern to try. */
const isVisible = (code: number): boolean => code > 0x20 && code < 0x7f

/** The length of the number that begins at `start`; 0 where it is none, or goes on with what belongs to none. */
function numberLength(source: string, start: number): number {
  let end = digitsEnd(source, start)
  let digits = end - start
  if (source.charCodeAt(end) === point && source.charCodeAt(end + 1) !== point) {
    const decimals = end + 1
    end = digitsEnd(source, decimals)
    digits += end - decimals
    const periodLength = lengthOfPeriod(source, end)
    if (periodLength > 0) return isNumberOver(source, end + periodLength) ? end + periodLength - start : 0
  }
  if (digits === 0) return 0
  if (isExponentSign(source.charCodeAt(end))) {
    const sign = source.charCodeAt(end + 1)
    const exponent = sign === plus || sign === minus ? end + 2 : end + 1
    end = digitsEnd(source, exponent)
    if (end === exponent) return 0
  }
  return isNumberOver(source, end) ? end - start : 0
}

function isNumberOver(source: string, end: number): boolean {
  const next = source.charCodeAt(end)
  return (next !== point || source.charCodeAt(end + 1) === point) && !isExponentSign(next)
}

/** The length of `(34)` where it stands at `start`, right after decimals or their point: the digits that repeat. Else 0. */
function lengthOfPeriod(source: string, start: number): number {
  if (source.charCodeAt(start) !== openParenthesis) return 0
  const end = digitsEnd(source, start + 1)
  return end > start + 1 && source.charCodeAt(end) === closeParenthesis ? end + 1 - start : 0
}

function digitsEnd(source: string, start: number): number {
  let end = start
  while (isDigit(source.charCodeAt(end))) end += 1
  return end
}

/** 0 where the sticky `pattern` does not match at `position`. */
function matchLength(pattern: RegExp, source: string, position: number): number {
  pattern.lastIndex = position
  return pattern.test(source) ? pattern.lastIndex - position : 0
}
