import { calculate, rational, toText, type Rational } from '../../domain/support/rational.ts'
import type { Random } from './random.ts'

/** An expression and what it comes to, by the tests' own arithmetic. */
export interface RandomExpression {
  readonly source: string
  readonly operations: number
  readonly value: string
}

interface Tree {
  readonly source: string
  readonly value: Rational
}

/** Products and quotients beyond this size would be long numbers, and their writing the work. */
const largestMixed = 100

/** A random tree of so many operations. */
export function randomExpression(random: Random, operations: number): RandomExpression {
  const symbols = operations > largestMixed ? ['+', '-'] : ['+', '+', '-', '*', '/']
  // No number twice, so that no two operations are equal: those would be computed once.
  let numbers = 0
  const nextNumber = () => 9 * numbers++ + random.integer(1, 9)
  const { source, value } = grow(random, operations, symbols, nextNumber)
  return { source, operations, value: toText(value) }
}

function grow(random: Random, operations: number, symbols: readonly string[], nextNumber: () => number): Tree {
  if (operations === 0) {
    const number = nextNumber()
    return { source: String(number), value: rational(BigInt(number), 1n) }
  }
  // Near the middle, so that a tree of thousands is neither a chain nor too deep.
  const half = (operations - 1) / 2
  const leftOperations = Math.round(half + (random.next() - 0.5) * half)
  const left = grow(random, leftOperations, symbols, nextNumber)
  const right = grow(random, operations - 1 - leftOperations, symbols, nextNumber)
  const symbol = random.pick(symbols)
  const value = calculate(symbol, left.value, right.value)
  // A quotient by 0 has no value; the sum has.
  const [written, known] = value === null ? ['+', calculate('+', left.value, right.value) as Rational] : [symbol, value]
  return { source: `(${left.source}${written}${right.source})`, value: known }
}
