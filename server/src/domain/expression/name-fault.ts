import { builtIns, isOperator } from '../operation.ts'
import type { Span } from '../span.ts'
import { printable } from './lexical-fault.ts'
import { readToken } from './lexer.ts'
import { maxNameLength, type Names } from './names.ts'
import { nearestNames } from './nearest.ts'
import { endOfExpression, expectedOperand, syntaxError, type Edit, type SyntaxFault } from './syntax-error.ts'
import type { Token, ValidToken } from './token.ts'
import type { OpenCall } from './tree-builder.ts'

const functionNames = [...builtIns.keys()].filter((name) => !isOperator(name)).concat('sum', 'product')
const reserved = new Set(functionNames)

/** Whether a name that is given to a value must not be; null where it may. */
export function refuseName(name: string, span: Span, isTaken: boolean): SyntaxFault | null {
  const shown = printable(name)
  if (name.length > maxNameLength) {
    const message = `Use a shorter name: ${shown} has ${name.length} characters, and at most ${maxNameLength} are allowed.`
    return syntaxError('NAME_TOO_LONG', message, span, ['name'])
  }
  if (reserved.has(name))
    return syntaxError('RESERVED_NAME', `Use another name: ${shown} is a function.`, span, ['name'])
  if (!isTaken) return null
  const message = `Use another name: ${shown} has a value already, and a name keeps the value that it was given.`
  return syntaxError('REDEFINED_NAME', message, span, ['name'])
}

export function unknownName(source: string, name: string, span: Span, names: Names): SyntaxFault {
  const shown = printable(name)
  const nearest = nearestNames(name, names.all)
  if (nearest.length === 0 && isGivenLater(source, span, name)) {
    const message = `Move ${shown} = … before this: a name has its value from its own line on.`
    return syntaxError('USED_BEFORE_DEFINITION', message, span, expectedOperand)
  }
  const message = `Give ${shown} a value first, as in ${shown} = 2; ${shown}+1.${meant(nearest)}`
  return syntaxError(
    'UNKNOWN_NAME',
    message,
    span,
    nearest.length > 0 ? nearest : expectedOperand,
    recased(name, span, nearest),
  )
}

export function recursiveDefinition(name: string, span: Span): SyntaxFault {
  const message = `Give ${printable(name)} a value that does not need ${printable(name)} itself.`
  return syntaxError('RECURSIVE_DEFINITION', message, span, expectedOperand)
}

export function unknownFunction(name: string, span: Span, names: Names): SyntaxFault {
  const nearest = nearestNames(name, [...functionNames, ...names.all])
  const message =
    nearest.length > 0
      ? `There is no function ${printable(name)}.${meant(nearest)}`
      : `There is no function ${printable(name)}. There are ${functionNames.join(', ')}.`
  const expected = nearest.length > 0 ? nearest : functionNames
  return syntaxError('UNKNOWN_FUNCTION', message, span, expected, recased(name, span, nearest))
}

export function missingOperands(name: string, { position, length }: Span): SyntaxFault {
  const example = { sum: 'sum(k = 1..10, k)', product: 'product(k = 1..10, k)' }[name] ?? `${name}(…)`
  const message = `Write what ${name} works on in parentheses after it, as in ${example}.`
  return syntaxError('MISSING_OPERANDS', message, { position, length }, ['('])
}

/** Null where the function takes as many operands as it was given. */
export function refuseCount({ span, called, operands }: OpenCall): SyntaxFault | null {
  const { name, minOperands, maxOperands } = called
  if (operands.length >= minOperands && operands.length <= maxOperands) return null
  const count = minOperands === maxOperands ? `${minOperands}` : `${minOperands} to ${maxOperands}`
  const message = `Give ${name} ${count} ${count === '1' ? 'operand' : 'operands'}: here it has ${operands.length}.`
  return syntaxError('WRONG_OPERAND_COUNT', message, span, [`${count} ${count === '1' ? 'operand' : 'operands'}`])
}

export function unusedName(name: string, span: Span): SyntaxFault {
  const message = `Use ${printable(name)} or leave it out: nothing that is asked for needs it.`
  return syntaxError('UNUSED_NAME', message, span, [])
}

/** The source is over, and is nothing but bindings. */
export function missingExpression(end: ValidToken): SyntaxFault {
  const message = 'Write what is to be computed after the names and their values, as in x = 1+2; x*x.'
  return syntaxError('MISSING_EXPRESSION', message, end, expectedOperand)
}

/** `found` is the `;` after an expression, or what stands on the line after it. */
export function severalExpressions(source: string, found: ValidToken): SyntaxFault {
  const isLast = found.kind === 'separator' && source.slice(found.position + found.length).trim() === ''
  const message = isLast
    ? 'Leave out the last ;: it separates a name and its value from what comes after them.'
    : 'Write one expression, the last: before it come only names with their values, as in x = 1+2; x*x.'
  const edit = isLast ? { position: found.position, length: found.length, replacement: '' } : null
  return syntaxError('SEVERAL_EXPRESSIONS', message, found, [endOfExpression], edit)
}

const meant = (nearest: readonly string[]): string =>
  nearest.length === 0 ? '' : ` Did you mean ${nearest.map(printable).join(' or ')}?`

/** Beyond doubt is only what differs in nothing but its case. */
function recased(name: string, { position, length }: Span, nearest: readonly string[]): Edit | null {
  const same = nearest.filter((other) => other.toLowerCase() === name.toLowerCase())
  const [only] = same
  return only !== undefined && same.length === 1 ? { position, length, replacement: only } : null
}

/** Whether `name = …` stands further down, as a binding and not as the variable of a range. */
function isGivenLater(source: string, span: Span, name: string): boolean {
  let before: Token | null = null
  let last: Token | null = null
  for (let position = span.position + span.length; ;) {
    const token = readToken(source, position)
    if (token.kind === 'invalid' || token.kind === 'end') return false
    if (token.kind === 'equals' && last?.kind === 'name' && before?.kind !== 'open')
      if (source.slice(last.position, last.position + last.length) === name) return true
    before = last
    last = token
    position = token.position + token.length
  }
}
