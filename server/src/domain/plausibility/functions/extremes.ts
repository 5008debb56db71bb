import { hasTimeForAll, type Judgement, type Means } from '../claim.ts'
import { compareNearly, isSame } from '../magnitude.ts'
import type { Parts } from '../parts.ts'
import { multiply, residue, type Moduli } from '../residues.ts'

/** Of `max`, or with -1 of `min`: the value is one of the operands, and none lies beyond it. */
export const judgeExtreme =
  (direction: 1 | -1) =>
  (operands: readonly Parts[], value: Parts, means: Means): Judgement => {
    const near: Parts[] = []
    for (const operand of operands) {
      const order = compareNearly(operand, value)
      if (order * direction > 0) return 'wrong'
      if (order === 0) near.push(operand)
    }
    const others = near.filter((operand) => !isSame(operand, value))
    const isOneOf = others.length < near.length
    if (!isOneOf && !others.some((operand) => isCongruent(operand, value, means.moduli))) return 'wrong'
    for (const other of others) {
      if (hasTimeForAll([other, value], means) && compareExactly(other, value) * direction > 0) return 'wrong'
    }
    return isOneOf ? 'right' : 'congruent'
  }

/** Whether two numbers are the same modulo the primes, in lowest terms or not. */
export const isCongruent = (a: Parts, b: Parts, moduli: Moduli): boolean =>
  moduli.every((prime) => {
    const times = (one: string, other: string) => multiply(residue(one, prime), residue(other, prime), prime)
    return times(a.numerator, b.denominator) === times(b.numerator, a.denominator)
  })

function compareExactly(a: Parts, b: Parts): number {
  const difference = BigInt(a.numerator) * BigInt(b.denominator) - BigInt(b.numerator) * BigInt(a.denominator)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}
