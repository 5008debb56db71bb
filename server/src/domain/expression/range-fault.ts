import type { Bound } from './ast.ts'
import type { Span } from '../span.ts'
import { unreadable } from './parse-fault.ts'
import { syntaxError, type SyntaxFault } from './syntax-error.ts'
import type { Token } from './token.ts'
import type { OpenRange } from './tree-builder.ts'

/** Fourteen ranges of two values each are more than twenty thousand operations. */
export const mostOpenRanges = 16

const example = (word: string): string => `as in ${word}(k = 1..10, k^2)`

/** Something else is `found` where the variable must stand, or the `=` after it. */
export function malformedHead(word: 'sum' | 'product', found: Token, expected: 'name' | '='): SyntaxFault {
  if (found.kind === 'invalid') return unreadable(found.fault, [expected])
  const message = `Write a name and its range after ${word}(, ${example(word)}.`
  return syntaxError('MALFORMED_RANGE', message, found, [expected])
}

/** `found` ends a part of a range that must end in another way. */
export function malformedRange({ operation, part }: OpenRange, found: Span): SyntaxFault {
  const word = operation === '+' ? 'sum' : 'product'
  const [what, expected] = (
    {
      from: ['Write the last value of the range after two points', '..'],
      to: [`Write a comma and what the ${word} is of after the range`, ','],
      body: ['Close the parenthesis', ')'],
    } as const
  )[part]
  return syntaxError('MALFORMED_RANGE', `${what}, ${example(word)}.`, found, [expected])
}

export function rangesTooDeep(span: Span): SyntaxFault {
  const message = `Use fewer ranges within each other: at most ${mostOpenRanges} are allowed.`
  return syntaxError('RANGES_TOO_DEEP', message, span, ['number'])
}

/** @param isBeyond whether it is a whole number, or made of one, that is too large to be counted to */
export function unknownRange({ position, length }: Bound, isBeyond: boolean): SyntaxFault {
  const beyond = `Use smaller numbers here: an end of a range, and what it is made of, goes up to ${Number.MAX_SAFE_INTEGER}.`
  const unknown =
    'Write whole numbers here, or what + - * / ^ make of them without leaving them, names included: how long a range is must be known ' +
    'before anything is computed.'
  return syntaxError('UNKNOWN_RANGE', isBeyond ? beyond : unknown, { position, length }, ['whole number'])
}
