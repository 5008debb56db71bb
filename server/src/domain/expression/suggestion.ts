import { parse } from './parser.ts'
import type { ExpressionSyntaxError, SyntaxFault } from './syntax-error.ts'

/** A source with more faults of the same sort than this gets none: each costs one more reading of the source. */
const maxEdits = 16

/** Where these stand, a comma may be one of a list, `[0,1]`, or come after a power, `2²,5`. */
const listLike = /[[\]{}]|\p{No},/u
/** The end of a name or of a parenthesis: what `x(2,3)` seems to call. */
const callLike = /(?:(?<![\w.])[a-z]\w{0,39}|\))$/i

/** The error of a source's first fault, with the corrected source where edits lead to one that is valid as a whole. */
export function withSuggestion(source: string, first: SyntaxFault): ExpressionSyntaxError {
  return { ...first.error, suggestion: suggestion(source, first) }
}

function suggestion(source: string, first: SyntaxFault): string | null {
  let corrected = source
  let fault = first
  let isListLike = listLike.test(source)
  for (let edits = 0; edits < maxEdits && fault.edit !== null; edits += 1) {
    const { code, position: found } = fault.error
    const { position, length, replacement } = fault.edit
    if (code === 'DECIMAL_COMMA' && isListLike) return null
    isListLike ||=
      code === 'IMPLICIT_MULTIPLICATION' && corrected[found] === '(' && callLike.test(corrected.slice(0, position))
    corrected = corrected.slice(0, position) + replacement + corrected.slice(position + length)
    const result = parse(corrected)
    if (result.kind === 'parsed') return corrected
    fault = result.fault
  }
  return null
}
