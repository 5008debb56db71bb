import { msg, t, type Message } from '../language/t.ts'

/** Operators as people write them, and what they are called. A function is both by its own name. */
const operators: ReadonlyMap<string, { readonly sign: string; readonly title: Message }> = new Map([
  ['+', { sign: '+', title: msg('Addition') }],
  ['-', { sign: '−', title: msg('Subtraction') }],
  ['*', { sign: '×', title: msg('Multiplication') }],
  ['/', { sign: '÷', title: msg('Division') }],
  ['^', { sign: '^', title: msg('Power') }],
])

/** Written between its operands, not before them. */
export const isOperator = (name: string): boolean => operators.has(name)

export const operationSign = (name: string): string => operators.get(name)?.sign ?? name

export function operationTitle(name: string): string {
  const title = operators.get(name)?.title
  return title === undefined ? name : t(title)
}

const longestMark = 5

/** The sign where there is room for a few letters. */
export function operationMark(name: string): string {
  const sign = operationSign(name)
  return sign.length <= longestMark ? sign : `${sign.slice(0, longestMark - 1)}…`
}

export type OperationPiece<Operand> =
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'operand'; readonly operand: Operand }
  | { readonly kind: 'text'; readonly text: string }

/** Of more than these a row would be many screens wide. */
const shownOperands = 4

/** An operation on its operands as people write it: `12 − 18`, `gcd(12, 18)`, `max(1, 2, 3, 4, … 6 more)`. */
export function writeOperation<Operand>(name: string, operands: readonly Operand[]): OperationPiece<Operand>[] {
  const written = operands.map((operand) => ({ kind: 'operand', operand }) as const)
  const [left, right] = written
  if (isOperator(name) && left && right) return [left, { kind: 'sign', text: operationSign(name) }, right]
  const isLong = written.length > shownOperands + 1
  const shown = isLong ? written.slice(0, shownOperands) : written
  return [
    { kind: 'text', text: `${operationSign(name)}(` },
    ...shown.flatMap((operand, index) => (index === 0 ? [operand] : [{ kind: 'text', text: ', ' } as const, operand])),
    { kind: 'text', text: isLong ? t(', … {count} more)', { count: written.length - shownOperands }) : ')' },
  ]
}
