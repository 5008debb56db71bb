import { parse } from './parser.ts'
import type { ExpressionSyntaxError, SyntaxFault } from './syntax-error.ts'

/** A source with more faults of the same sort than this gets none: each costs one more reading of the source. */
const maxEdits = 16

/** The error of a source's first fault, with the corrected source where edits lead to one that is valid as a whole. */
export function withSuggestion(source: string, first: SyntaxFault): ExpressionSyntaxError {
  return { ...first.error, suggestion: suggestion(source, first) }
}

function suggestion(source: string, first: SyntaxFault): string | null {
  let corrected = source
  let fault = first
  for (let edits = 0; edits < maxEdits && fault.edit !== null; edits += 1) {
    const { position, length, replacement } = fault.edit
    corrected = corrected.slice(0, position) + replacement + corrected.slice(position + length)
    const result = parse(corrected)
    if (result.kind === 'parsed') return corrected
    fault = result.fault
  }
  return null
}
