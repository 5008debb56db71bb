import { hasTimeForAll, type Judgement, type Means } from '../claim.ts'
import { commonDivisor } from '../common-divisor.ts'
import { absolute, compareNearly, isSame, signOf } from '../magnitude.ts'
import { mostDigits } from '../most-digits.ts'
import { countDigits, type Parts } from '../parts.ts'

/** `a - b * floor(a / b)`: 0, or nearer to 0 than `b` and on its side. */
export function judgeMod(a: Parts, b: Parts, value: Parts, means: Means): Judgement {
  const sign = signOf(value)
  if (signOf(b) === 0 || (sign !== 0 && sign !== signOf(b))) return 'wrong'
  if (isSame(value, b) || compareNearly(absolute(value), absolute(b)) > 0) return 'wrong'
  if (value.denominator.length > mostDigitsOfMod(a, b).denominator) return 'wrong'
  const isWhole = a.denominator === '1' && b.denominator === '1'
  if (isWhole && value.denominator !== '1') return 'wrong'
  if (hasTimeForAll([a, b, value], means)) {
    const { above, below } = mod(a, b)
    if (BigInt(value.numerator) * below !== above * BigInt(value.denominator)) return 'wrong'
  }
  return isWhole ? 'right' : 'congruent'
}

/** Whole numbers never are: the denominators of fractions multiply. */
export function isModTooLarge(a: Parts, b: Parts, { maxDigits, hasTimeFor }: Means): boolean {
  const most = mostDigitsOfMod(a, b)
  const digits = Math.max(most.numerator, most.denominator)
  if (digits <= maxDigits) return false
  if (!hasTimeFor(digits)) return true
  const { above, below } = mod(a, b)
  if (above === 0n) return false
  const magnitude = above < 0n ? -above : above
  const common = commonDivisor(magnitude, below)
  const limit = 10n ** BigInt(maxDigits)
  return magnitude / common >= limit || below / common >= limit
}

function mostDigitsOfMod(a: Parts, b: Parts): { numerator: number; denominator: number } {
  if (a.denominator === '1' && b.denominator === '1') return { numerator: countDigits(b.numerator), denominator: 1 }
  // It is less than `b`, over the product of the denominators.
  return {
    numerator: countDigits(b.numerator) + countDigits(a.denominator),
    denominator: mostDigits('*', a, b).denominator,
  }
}

/** Not in lowest terms. */
function mod(a: Parts, b: Parts): { above: bigint; below: bigint } {
  const [ofA, ofB] = [BigInt(a.denominator), BigInt(b.denominator)]
  const divisor = BigInt(b.numerator) * ofA
  const rest = (BigInt(a.numerator) * ofB) % divisor
  return { above: rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest, below: ofA * ofB }
}
