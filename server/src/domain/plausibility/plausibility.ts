import { isOperator, type OperatorName } from '../operation.ts'
import { hasTimeForAll, type Claim, type Computed, type Judgement, type Means } from './claim.ts'
import { faultInError } from './errors.ts'
import { isInLowestTerms } from './exact.ts'
import { judgeFunction } from './functions/judge-function.ts'
import { judgePower } from './judge-power.ts'
import { judgeSmall } from './judge-small.ts'
import { mostDigits } from './most-digits.ts'
import { countDigits, partsOf, type Parts } from './parts.ts'
import { multiply, residue } from './residues.ts'

/**
 * Why a claim cannot be true, or null where nothing speaks against it. What is true is never refused; of what is wrong
 *
 * - a value that is not that of the operation passes with a probability below 10^-6: small numbers, which most are, are compared exactly,
 *   the others modulo two primes that nobody knows; of functions that are not made of sums and products, what is long is compared exactly
 *   as long as there is time for it, and by its size beyond that;
 * - an error that the operands do not have does not pass, nor a value that is not in lowest terms, as long as there is time for it where
 *   numbers are long.
 *
 * Numbers that are not in lowest terms may stand in old logs, and make an honest agent return others: it is not to blame.
 * See docs/decisions/0019.
 */
export function faultIn(computed: Computed, claim: Claim, means: Means): string | null {
  const fault =
    claim.kind === 'error' ? faultInError(computed, claim.code, means) : faultInValue(computed, claim.value, means)
  return fault === null || fault === faults.wrong || haveLowestTerms(computed) ? fault : null
}

const faults = {
  wrong: 'It is not the result of the operation.',
  unreduced: 'It is not in lowest terms.',
  tooLong: 'It has more digits than its operands allow.',
} as const

function faultInValue(computed: Computed, text: string, means: Means): string | null {
  const value = partsOf(text)
  const judgement = judge(computed, value, means)
  switch (judgement) {
    case 'right':
      return null
    case 'wrong':
      return exceeds(computed, value) ? faults.tooLong : faults.wrong
    case 'unreduced':
      return faults.unreduced
    case 'congruent':
      if (value.denominator === '1') return null
      return hasTimeForAll([value], means) && !isInLowestTerms(value) ? faults.unreduced : null
    default:
      return judgement satisfies never
  }
}

function judge(computed: Computed, value: Parts, means: Means): Judgement {
  const { operation, operands } = computed
  if (!isOperator(operation)) return judgeFunction(computed, value, means)
  const { moduli, maxDigits } = means
  const left = operands[0] ?? ''
  const right = operands[1] ?? ''
  if (operation === '^') return judgePower(left, right, value, { moduli, maxDigits })
  if (operation === '/' && right === '0') return 'wrong'
  const known = judgeSmall(operation, left, right, value)
  if (known !== undefined) return known
  const [a, b] = [partsOf(left), partsOf(right)]
  return moduli.every((prime) => isCongruent(operation, a, b, value, prime)) ? 'congruent' : 'wrong'
}

/** Whether `value` is the result modulo a prime. */
function isCongruent(operation: Exclude<OperatorName, '^'>, a: Parts, b: Parts, value: Parts, prime: number): boolean {
  const of = (integer: string) => residue(integer, prime)
  const times = (one: number, other: number) => multiply(one, other, prime)
  const [an, ad, bn, bd] = [of(a.numerator), of(a.denominator), of(b.numerator), of(b.denominator)]
  const [n, d] = [of(value.numerator), of(value.denominator)]
  const equal = (above: number, below: number) => times(n, below) === times(above, d)
  switch (operation) {
    case '+':
      return equal((times(an, bd) + times(bn, ad)) % prime, times(ad, bd))
    case '-':
      return equal((times(an, bd) - times(bn, ad) + prime) % prime, times(ad, bd))
    case '*':
      return equal(times(an, bn), times(ad, bd))
    case '/':
      return equal(times(an, bd), times(ad, bn))
    default:
      return operation satisfies never
  }
}

function exceeds({ operation, operands }: Computed, { numerator, denominator }: Parts): boolean {
  const [left = '', right = ''] = operands
  if (!isOperator(operation)) return false
  const most = mostDigits(operation, partsOf(left), partsOf(right))
  return countDigits(numerator) > most.numerator || countDigits(denominator) > most.denominator
}

/** Of many operands two are looked at. Only of `mod`, which has two, does a result of a function hang on it. */
const haveLowestTerms = ({ operands }: Computed): boolean =>
  operands
    .map(partsOf)
    .filter(({ denominator }) => denominator !== '1')
    .slice(0, 2)
    .every(isInLowestTerms)
