import { hasTimeForAll, type Judgement, type Means } from '../claim.ts'
import { compareNearly, isSame, log10, signOf } from '../magnitude.ts'
import type { Parts } from '../parts.ts'

type Rounding = 'floor' | 'ceil' | 'round'

/** How far the whole number may be from what was rounded. */
const distances: Readonly<Record<Rounding, { readonly below: number; readonly above: number }>> = {
  floor: { below: 1, above: 0 },
  ceil: { below: 0, above: 1 },
  round: { below: 0.5, above: 0.5 },
}

export const judgeRounding =
  (rounding: Rounding) =>
  (operand: Parts, value: Parts, means: Means): Judgement => {
    if (value.denominator !== '1') return 'wrong'
    if (operand.denominator === '1') return isSame(operand, value) ? 'right' : 'wrong'
    if (!isNear(rounding, operand, value)) return 'wrong'
    return !hasTimeForAll([operand, value], means) || isExact(rounding, operand, value) ? 'right' : 'wrong'
  }

/** Decimals beyond which a distance of 1 is less than leading digits tell. */
const tellingDecimals = 12
/** Far above what a quotient of so many decimals is off. */
const rounded = 0.2

function isNear(rounding: Rounding, operand: Parts, value: Parts): boolean {
  const sign = signOf(operand)
  const decimals = sign === 0 ? 0 : log10(operand)
  if (decimals > tellingDecimals) return compareNearly(operand, value) === 0
  const distance = Number(value.numerator) - sign * 10 ** decimals
  const { below, above } = distances[rounding]
  return distance >= -below - rounded && distance <= above + rounded
}

function isExact(rounding: Rounding, operand: Parts, value: Parts): boolean {
  const [numerator, denominator] = [BigInt(operand.numerator), BigInt(operand.denominator)]
  const above = BigInt(value.numerator) * denominator - numerator
  switch (rounding) {
    case 'floor':
      return above <= 0n && -above < denominator
    case 'ceil':
      return above >= 0n && above < denominator
    case 'round': {
      // Half goes away from zero.
      const outwards = 2n * (numerator < 0n ? -above : above)
      return outwards <= denominator && -outwards < denominator
    }
    default:
      return rounding satisfies never
  }
}
