import type { OperatorName } from '../operation.ts'
import { countDigits, type Parts } from './parts.ts'

/** The most digits that the numerator and the denominator of a result can have: in lowest terms it may have fewer. */
export function mostDigits(operation: OperatorName, a: Parts, b: Parts): { numerator: number; denominator: number } {
  switch (operation) {
    case '+':
    case '-':
      return {
        numerator: 1 + Math.max(ofProduct(a.numerator, b.denominator), ofProduct(b.numerator, a.denominator)),
        denominator: ofProduct(a.denominator, b.denominator),
      }
    case '*':
      return { numerator: ofProduct(a.numerator, b.numerator), denominator: ofProduct(a.denominator, b.denominator) }
    case '/':
      return { numerator: ofProduct(a.numerator, b.denominator), denominator: ofProduct(a.denominator, b.numerator) }
    case '^': {
      const times = Math.abs(Number(b.numerator))
      const [above, below] = [ofPower(a.numerator, times), ofPower(a.denominator, times)]
      return Number(b.numerator) < 0
        ? { numerator: below, denominator: above }
        : { numerator: above, denominator: below }
    }
    default:
      return operation satisfies never
  }
}

const isOne = (integer: string): boolean => integer === '1' || integer === '-1'

function ofProduct(one: string, other: string): number {
  if (isOne(one)) return countDigits(other)
  return isOne(other) ? countDigits(one) : countDigits(one) + countDigits(other)
}

const ofPower = (base: string, times: number): number => (isOne(base) || times === 0 ? 1 : times * countDigits(base))
