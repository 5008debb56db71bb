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
  const kinds = new Set<EditKind>()
  for (let edits = 0; edits < maxEdits && fault.edit !== null; edits += 1) {
    kinds.add(kindOf(fault))
    if (kinds.has('comma') && kinds.has('grouping')) return null
    const { position, length, replacement } = fault.edit
    corrected = corrected.slice(0, position) + replacement + corrected.slice(position + length)
    const result = parse(corrected)
    if (result.kind === 'parsed') return corrected
    fault = result.fault
  }
  return null
}

type EditKind = 'comma' | 'grouping' | 'other'

/**
 * What parentheses mean, or what stands between a number and them, and what a comma means is not evident both at once: `[0,1]` is no 0.1, nor is
 * `x(2,3)` a product.
 */
function kindOf({ error, edit }: SyntaxFault): EditKind {
  if (error.code === 'DECIMAL_COMMA') return 'comma'
  return error.code === 'IMPLICIT_MULTIPLICATION' || /^[()]$/.test(edit?.replacement ?? '') ? 'grouping' : 'other'
}
