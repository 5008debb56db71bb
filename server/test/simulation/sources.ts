import { encodePlan } from '../../src/domain/plan/plan-codec.ts'
import type { OperationDurations } from '../../src/domain/operation.ts'
import { negate } from '../../src/domain/number/number.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import { limits, planOf } from '../domain/support/compiling.ts'
import { calculate, rational, resultOf, toText, type Rational } from '../domain/support/rational.ts'
import type { Random } from './random.ts'

/** An expression to submit, with what an oracle that knows nothing of plans says of it. */
export interface Source {
  readonly source: string
  readonly plan: Plan
  readonly encodedPlan: string
  /** Null where it divides by zero. */
  readonly result: string | null
  /** Where the leftmost division by zero stands; null where there is none. */
  readonly faultAt: number | null
  /** Of each task of the plan; null where it has none. */
  readonly values: readonly (string | null)[]
}

interface Written {
  readonly text: string
  readonly value: Rational | null
  readonly faultAt: number | null
}

/** A random tree, written with all its parentheses or, as chains that may be regrouped, with none. */
export function randomSource(random: Random, durations: OperationDurations): Source {
  const written = random.chance(0.2)
    ? randomChain(random)
    : randomTree(random, random.between(0, random.chance(0.2) ? 24 : 7), random.chance(0.1) ? 0.4 : rareZeros)
  const plan = planOf(written.text, { regroup: random.chance(0.7), durations, limits })
  return {
    source: written.text,
    plan,
    encodedPlan: JSON.stringify(encodePlan(plan)),
    result: written.value && toText(written.value),
    faultAt: written.faultAt,
    values: valuesOf(plan),
  }
}

/** @param zeros how many of its numbers are 0 */
function randomTree(random: Random, operations: number, zeros: number): Written {
  if (operations === 0) return randomNumber(random, zeros)
  const onTheLeft = random.between(0, operations - 1)
  const left = randomTree(random, onTheLeft, zeros)
  const right = randomTree(random, operations - 1 - onTheLeft, zeros)
  const symbol = random.pick(['+', '-', '*', '/'])
  const value = left.value && right.value && calculate(symbol, left.value, right.value)
  const isNegated = random.chance(0.1)
  const begin = isNegated ? '-(' : '('
  const own = begin.length + left.text.length
  const at = (start: number, faultAt: number | null) => (faultAt === null ? null : start + faultAt)
  const isFault = left.value !== null && right.value !== null && value === null
  return {
    text: `${begin}${left.text}${symbol}${right.text})`,
    faultAt: at(begin.length, left.faultAt) ?? (isFault ? own : at(own + 1, right.faultAt)),
    value: isNegated ? value && rational(-value.n, value.d) : value,
  }
}

function randomChain(random: Random): Written {
  const symbol = random.pick(['+', '*'])
  const numbers = Array.from({ length: random.between(2, 9) }, () => randomNumber(random, rareZeros))
  return numbers.reduce((chain, number) => ({
    text: `${chain.text}${symbol}${number.text}`,
    value: chain.value && number.value && calculate(symbol, chain.value, number.value),
    faultAt: null,
  }))
}

/** Mostly not 0: most expressions are to have a result. */
const rareZeros = 0.1

function randomNumber(random: Random, zeros: number): Written {
  const number = random.chance(zeros) ? 0 : random.between(1, 9)
  return { text: `${number}`, value: rational(BigInt(number), 1n), faultAt: null }
}

function valuesOf({ tasks }: Plan): (string | null)[] {
  const values: (string | null)[] = []
  for (const { operation, operands } of tasks) {
    const known = operands.map((operand) => {
      if ('literal' in operand) return operand.literal
      const value = values[operand.task] ?? null
      return value !== null && operand.negated ? negate(value) : value
    })
    values.push(known.every((value) => value !== null) ? resultOf(operation, known) : null)
  }
  return values
}
