import type { OperatorName } from '../operation.ts'
import { commonDivisorOfSmall } from './common-divisor.ts'
import { type Parts, partsOf } from './parts.ts'
import type { Judgement } from './claim.ts'
import { exactDigits } from './residues.ts'

/** Decides where doubles are enough, as they are for nearly all that is ever computed; undefined where they are not. */
export function judgeSmall(
  operation: Exclude<OperatorName, '^'>,
  left: string,
  right: string,
  value: Parts,
): Judgement | undefined {
  // The products of what has so few digits are exact.
  if (left.length + right.length > exactDigits) return undefined
  const [n, d] = [Number(value.numerator), Number(value.denominator)]
  const [a, b] = [partsOf(left), partsOf(right)]
  const [an, ad, bn, bd] = [Number(a.numerator), Number(a.denominator), Number(b.numerator), Number(b.denominator)]
  const { above, below } = compute(operation, an, ad, bn, bd)
  const [one, other] = [above * d, n * below]
  if (!isExact(one) || !isExact(other)) return undefined
  if (one !== other) return 'wrong'
  return d === 1 || commonDivisorOfSmall(Math.abs(n), d) === 1 ? 'right' : 'unreduced'
}

function compute(operation: Exclude<OperatorName, '^'>, an: number, ad: number, bn: number, bd: number) {
  switch (operation) {
    case '+':
      return { above: an * bd + bn * ad, below: ad * bd }
    case '-':
      return { above: an * bd - bn * ad, below: ad * bd }
    case '*':
      return { above: an * bn, below: ad * bd }
    case '/':
      return { above: an * bd, below: ad * bn }
    default:
      return operation satisfies never
  }
}

const isExact = (integer: number): boolean => Math.abs(integer) < Number.MAX_SAFE_INTEGER
