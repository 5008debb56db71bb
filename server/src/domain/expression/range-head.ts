import type { Span } from '../span.ts'
import type { Cursor } from './cursor.ts'
import { otherEquals } from './lexical-fault.ts'
import { malformedHead } from './range-fault.ts'
import type { SyntaxFault } from './syntax-error.ts'

export type RangeHead =
  | { readonly kind: 'head'; readonly variable: Span; readonly equals: Span }
  | { readonly kind: 'fault'; readonly fault: SyntaxFault }

/** `k =`, behind the parenthesis that a range opens. */
export function readRangeHead(cursor: Cursor, word: 'sum' | 'product', open: Span): RangeHead {
  const variable = cursor.peek(open)
  if (variable.kind !== 'name') return { kind: 'fault', fault: malformedHead(word, variable, 'name') }
  const equals = cursor.peek(variable)
  const colon = equals.kind === 'invalid' ? otherEquals(cursor.source, equals.fault.error.position) : null
  if (equals.kind !== 'equals') return { kind: 'fault', fault: colon ?? malformedHead(word, equals, '=') }
  return { kind: 'head', variable, equals }
}
