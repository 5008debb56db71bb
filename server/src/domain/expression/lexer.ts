import type { OperationKind } from '../operation.ts'
import { malformedNumber, unknownCharacter } from './lexical-fault.ts'
import { operatorSpellings, type Token } from './token.ts'

const operators = (Object.entries(operatorSpellings) as [OperationKind, readonly string[]][]).flatMap(
  ([operation, spellings]) => spellings.map((text) => ({ text, operation })),
)
// `**` before `*`.
operators.sort((a, b) => b.text.length - a.text.length)
const operatorsByCharacter = new Map(
  operators.map(({ text: { 0: character } }) => [character, operators.filter(({ text }) => text[0] === character)]),
)

const whiteSpace = /\s*/y
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
/** What someone may have meant as one number, right or wrong. */
const numberLike = /[\d.]+(?:[eE][+-]?[\d.]*)*/y
/** What goes on with a number beyond what can be read as one. */
const numberRest = /[\d.eE]/y

/**
 * Reads the token that begins at `position` or after the white space there.
 *
 *     number = 12 | 1.5 | .5 | 5. | 1e3 | 2.5E-3
 */
export function readToken(source: string, position: number): Token {
  const start = isVisible(source.charCodeAt(position)) ? position : position + matchLength(whiteSpace, source, position)
  const character = source[start]
  if (character === undefined) return { kind: 'end', position: start, length: 0 }
  if (character === '(') return { kind: 'open', position: start, length: 1 }
  if (character === ')') return { kind: 'close', position: start, length: 1 }
  for (const { text, operation } of operatorsByCharacter.get(character) ?? []) {
    if (source.startsWith(text, start)) return { kind: 'operator', operation, position: start, length: text.length }
  }
  const length = matchLength(number, source, start)
  if (length > 0 && matchLength(numberRest, source, start + length) === 0)
    return { kind: 'number', position: start, length }
  const likeLength = matchLength(numberLike, source, start)
  if (likeLength === 0) return { kind: 'invalid', fault: unknownCharacter(source, start) }
  return { kind: 'invalid', fault: malformedNumber(source, start, likeLength) }
}

/** Whether it is surely no white space: for most characters there is no pattern to try. */
const isVisible = (code: number): boolean => code > 0x20 && code < 0x7f

/** 0 where the sticky `pattern` does not match at `position`. */
function matchLength(pattern: RegExp, source: string, position: number): number {
  pattern.lastIndex = position
  return pattern.test(source) ? pattern.lastIndex - position : 0
}
