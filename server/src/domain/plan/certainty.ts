import { valueOfLiteral } from '../expression/literal.ts'
import {
  addSmall,
  invertSmall,
  multiplySmall,
  negateSmall,
  raiseSmall,
  readSmall,
  type Small,
} from '../number/small.ts'
import { isOperator, type ArithmeticFault, type OperationName, type OperatorName } from '../operation.ts'
import type { Operand, Plan, PlannedTask } from './plan.ts'

/** What is certain of a number, if it exists, before anything is computed. */
export interface Certainty {
  /** Null where it is not known, or too long to be worked out in passing. */
  readonly value: Small | null
  /** -1, 0 or 1; `non-zero` where only that is certain. */
  readonly sign: number | 'non-zero' | 'unknown'
  /**
   * How many digits its numerator and its denominator have at the most; `Infinity` where it is not certain that the number exists, however long it
   * may be. An operand without a result fails by itself, and what takes it is never computed.
   */
  readonly size: number
}

/** A task that is certain to fail, as its operands stand in the source or follow from it. */
export interface CertainFailure {
  readonly task: number
  readonly code: ArithmeticFault
}

/**
 * What is certain of the results of a plan, from its numbers: the results themselves as long as doubles hold them exactly, their signs
 * beyond. It says which divisors cannot be zero and which operations are bound to fail; it is never used in the place of a result. It
 * takes linear time.
 */
export class Certainties {
  readonly #tasks: readonly PlannedTask[]
  readonly #maxDigits: number
  #workedOut: WorkedOut | null = null

  /** @param maxDigits of a result */
  constructor({ tasks }: Plan, maxDigits: number) {
    this.#tasks = tasks
    this.#maxDigits = maxDigits
  }

  /** In the order of the plan. */
  get failures(): readonly CertainFailure[] {
    // What cannot fail is not worked out only to be told so.
    return this.#tasks.some(({ operation }) => canFail(operation)) ? this.#known.failures : []
  }

  isNonZero(operand: Operand): boolean {
    return isNonZero(this.of(operand))
  }

  of(operand: Operand): Certainty {
    return certaintyOf(operand, this.#known.results)
  }

  get #known(): WorkedOut {
    return (this.#workedOut ??= workOut(this.#tasks, this.#maxDigits))
  }
}

interface WorkedOut {
  readonly failures: readonly CertainFailure[]
  readonly results: readonly Certainty[]
}

const unknown: Certainty = { value: null, sign: 'unknown', size: Infinity }
const nonZero: Certainty = { value: null, sign: 'non-zero', size: Infinity }
const positive: Certainty = { value: null, sign: 1, size: Infinity }
const negative: Certainty = { value: null, sign: -1, size: Infinity }

/** Only these are ever told to fail before they are computed. */
const canFail = (operation: OperationName): boolean => operation === '/' || operation === '^'

function workOut(tasks: readonly PlannedTask[], maxDigits: number): WorkedOut {
  const failures: CertainFailure[] = []
  const results: Certainty[] = []
  for (const [index, { operation, operands }] of tasks.entries()) {
    const [first, second] = operands
    if (!isOperator(operation) || first === undefined || second === undefined) {
      results.push(unknown)
      continue
    }
    const left = certaintyOf(first, results)
    const right = certaintyOf(second, results)
    const code = exists(left) && exists(right) ? faultOf(operation, second, left, right, maxDigits) : null
    if (code !== null) {
      failures.push({ task: index, code })
      results.push(unknown)
      continue
    }
    const result = resultOf(operation, left, right)
    // What is 0 times a number that is too long has no result either.
    const isWorkedOut = result.value !== null && Math.max(left.size, right.size) <= maxDigits
    results.push(isWorkedOut ? result : { ...result, size: sizeOf(operation, left, right) })
  }
  return { failures, results }
}

function certaintyOf(operand: Operand, results: readonly Certainty[]): Certainty {
  if ('literal' in operand) return ofLiteral(operand.literal)
  const result = results[operand.task] ?? unknown
  return operand.negated ? negated(result) : result
}

const isNonZero = ({ sign }: Certainty): boolean => sign !== 0 && sign !== 'unknown'
const exists = ({ size }: Certainty): boolean => size !== Infinity
const digitsOfSmall = ({ n, d }: Small): number => Math.ceil(Math.log10(Math.max(Math.abs(n), d) + 1))
const known = (value: Small): Certainty => ({ value, sign: Math.sign(value.n), size: digitsOfSmall(value) })

function negated(one: Certainty): Certainty {
  const { value, sign, size } = one
  if (typeof sign !== 'number') return one
  return { value: value && negateSmall(value), sign: 0 - sign, size }
}

const zero = known({ n: 0, d: 1 })
const one = known({ n: 1, d: 1 })

const fewDigits = /^-?\d{1,15}$/

function ofLiteral(literal: string): Certainty {
  if (fewDigits.test(literal)) return known({ n: Number(literal) + 0, d: 1 })
  const [mantissa = '', exponent = '0'] = literal.split(/e/i)
  if (!/[1-9]/.test(mantissa)) return zero
  // What is longer is not small, or not worth the trouble.
  const isShort = literal.length <= 24 && Math.abs(Number(exponent)) <= 16
  const value = isShort ? readSmall(valueOfLiteral(literal)) : null
  if (value !== null) return known(value)
  return { ...(literal.startsWith('-') ? negative : positive), size: literal.length + Math.abs(Number(exponent)) }
}

function resultOf(operation: OperatorName, left: Certainty, right: Certainty): Certainty {
  switch (operation) {
    case '+':
      return sum(left, right)
    case '-':
      return sum(left, negated(right))
    case '*':
      return product(left, right)
    case '/':
      return product(left, {
        ...right,
        value: right.value && right.sign !== 0 ? invertSmall(right.value) : null,
      })
    case '^':
      return power(left, right)
    default:
      return operation satisfies never
  }
}

function sum(left: Certainty, right: Certainty): Certainty {
  const value = left.value && right.value && addSmall(left.value, right.value)
  if (value) return known(value)
  if (left.sign === 0) return right
  if (right.sign === 0) return left
  if (left.sign !== right.sign || typeof left.sign !== 'number') return unknown
  return { value: null, sign: left.sign, size: Infinity }
}

function product(left: Certainty, right: Certainty): Certainty {
  const value = left.value && right.value && multiplySmall(left.value, right.value)
  if (value) return known(value)
  if (left.sign === 0 || right.sign === 0) return zero
  if (typeof left.sign === 'number' && typeof right.sign === 'number')
    return { value: null, sign: left.sign * right.sign, size: Infinity }
  return isNonZero(left) && isNonZero(right) ? nonZero : unknown
}

function power(base: Certainty, exponent: Certainty): Certainty {
  if (exponent.sign === 0) return one
  const times = exponent.value?.d === 1 ? exponent.value.n : null
  const value = base.value && times !== null ? raiseSmall(base.value, times) : null
  if (value !== null) return known(value)
  if (base.sign === 0) return exponent.sign === 1 ? zero : unknown
  if (base.sign === 1) return positive
  if (base.sign === -1 && times !== null) return times % 2 === 0 ? positive : negative
  return isNonZero(base) ? nonZero : unknown
}

/** Of a result, which may be shorter as it is reduced; `Infinity` where the operation may have none. */
function sizeOf(operation: OperatorName, left: Certainty, right: Certainty): number {
  if (!exists(left) || !exists(right)) return Infinity
  switch (operation) {
    case '+':
    case '-':
      return left.size + right.size + 1
    case '*':
      return left.size + right.size
    case '/':
      return isNonZero(right) ? left.size + right.size : Infinity
    case '^': {
      const times = right.value?.d === 1 ? right.value.n : null
      return times !== null && (times >= 0 || isNonZero(left)) ? left.size * Math.abs(times) : Infinity
    }
    default:
      return operation satisfies never
  }
}

/** Why an operation is bound to fail; null where that is not certain. */
function faultOf(
  operation: OperatorName,
  exponent: Operand,
  left: Certainty,
  right: Certainty,
  maxDigits: number,
): ArithmeticFault | null {
  // What decides has to be a number that is not too long itself.
  if (right.size > maxDigits) return null
  if (operation === '/') return right.sign === 0 ? 'DIVISION_BY_ZERO' : null
  if (operation !== '^') return null
  if (isFraction(exponent, right)) return 'FRACTIONAL_EXPONENT'
  if (left.sign === 0 && left.size <= maxDigits && right.sign === -1) return 'DIVISION_BY_ZERO'
  return left.value && right.value && isTooLong(left.value, right.value.n, maxDigits) ? 'RESULT_TOO_LARGE' : null
}

function isFraction(operand: Operand, { value, sign }: Certainty): boolean {
  if (value !== null) return value.d !== 1
  return sign !== 0 && 'literal' in operand && valueOfLiteral(operand.literal).includes('/')
}

/** Whether a power surely has more digits than are allowed: a digit more than doubles could err by. */
function isTooLong({ n, d }: Small, exponent: number, maxDigits: number): boolean {
  return Math.abs(exponent) * Math.log10(Math.max(Math.abs(n), d)) > maxDigits + 1
}
