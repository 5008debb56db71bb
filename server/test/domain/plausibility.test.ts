import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operatorNames, type ArithmeticFault, type OperationName } from '../../src/domain/operation.ts'
import type { Claim, Means } from '../../src/domain/plausibility/claim.ts'
import { faultIn } from '../../src/domain/plausibility/plausibility.ts'
import { drawModuli } from '../../src/domain/plausibility/residues.ts'
import { calculate, rational, toText, type Rational } from './support/rational.ts'
import { processorMs } from '../support/processor-ms.ts'

const moduli = drawModuli(Math.random)
const means = (maxDigits = 10_000): Means => ({ maxDigits, moduli, hasTimeFor: () => true })

/** Whole numbers of all lengths, and those about the ends of what a double holds. */
const integer = fc.oneof(
  fc.bigInt({ min: -12n, max: 12n }),
  fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }),
  fc
    .integer({ min: 1, max: 70 })
    .chain((digits) => fc.bigInt({ min: -(10n ** BigInt(digits)), max: 10n ** BigInt(digits) })),
  fc
    .tuple(fc.constantFrom(2n ** 53n, 10n ** 15n, 10n ** 7n, 10n ** 16n), fc.bigInt({ min: -3n, max: 3n }))
    .map(([a, b]) => a + b),
)
const number = fc.tuple(integer, fc.oneof(fc.constant(1n), integer)).map(([n, d]) => rational(n, d === 0n ? 1n : d))
const exponent = fc.integer({ min: -40, max: 40 }).map((times) => rational(BigInt(times), 1n))
const operand = fc.record({
  operation: fc.constantFrom(...operatorNames),
  a: number,
  b: number,
  times: fc.oneof({ weight: 9, arbitrary: exponent }, { weight: 1, arbitrary: number }),
})

interface Case {
  readonly operation: OperationName
  readonly operands: readonly string[]
  /** What is true. */
  readonly outcome: Claim
  readonly value: Rational | null
}

const digits = ({ n, d }: Rational) => Math.max(`${n < 0n ? -n : n}`.length, `${d}`.length)

function errorOf(operation: OperationName, b: Rational): ArithmeticFault {
  return operation === '^' && b.d !== 1n ? 'FRACTIONAL_EXPONENT' : 'DIVISION_BY_ZERO'
}

/** Powers that no oracle computes are left out. */
const isFeasible = (a: Rational, b: Rational) => b.d !== 1n || (b.n < 100n && b.n > -100n) || (a.d === 1n && a.n === 0n)

const cases = (maxDigits: number) =>
  operand
    .map(({ operation, a, b, times }) => ({ operation, a, b: operation === '^' ? times : b }))
    .filter(({ operation, a, b }) => operation !== '^' || isFeasible(a, b))
    .map(({ operation, a, b }): Case => {
      const isTrivial = operation === '^' && a.n === 0n && b.d === 1n && b.n > 100n
      const value = isTrivial ? rational(0n, 1n) : calculate(operation, a, b)
      const outcome: Claim =
        value === null
          ? { kind: 'error', code: errorOf(operation, b) }
          : digits(value) > maxDigits
            ? { kind: 'error', code: 'RESULT_TOO_LARGE' }
            : { kind: 'value', value: toText(value) }
      return { operation, operands: [toText(a), toText(b)], outcome, value }
    })

describe('what an agent returns', () => {
  it.each([10_000, 20, 5])('is never refused where it is true, within %i digits', (maxDigits) => {
    fc.assert(
      fc.property(cases(maxDigits), (one) => {
        expect(faultIn(one, one.outcome, means(maxDigits))).toBeNull()
      }),
      { numRuns: 4_000 },
    )
  })

  it('is refused where it is another value', () => {
    fc.assert(
      fc.property(cases(10_000), integer, number, (one, change, other) => {
        fc.pre(change !== 0n)
        const { n, d } = one.value ?? rational(1n, 1n)
        const wrong = [
          rational(n + change, d),
          rational(n, d + (change < 0n ? -change : change)),
          rational(-n, d),
          other,
        ]
        for (const value of wrong) {
          const claim: Claim = { kind: 'value', value: toText(value) }
          if (one.value === null || claim.value !== toText(one.value))
            expect(faultIn(one, claim, means())).toMatch(/not the result|more digits/)
        }
      }),
      { numRuns: 4_000 },
    )
  })

  it('is refused where it is not in lowest terms', () => {
    fc.assert(
      fc.property(cases(10_000), fc.bigInt({ min: 2n, max: 10n ** 40n }), (one, factor) => {
        fc.pre(one.value !== null && one.value.n !== 0n)
        const { n, d } = one.value ?? rational(1n, 1n)
        const claim: Claim = { kind: 'value', value: `${n * factor}/${d * factor}` }
        expect(faultIn(one, claim, means())).not.toBeNull()
      }),
      { numRuns: 3_000 },
    )
  })

  it('is refused where it is an error that the operands do not have', () => {
    fc.assert(
      fc.property(
        cases(20),
        fc.constantFrom<ArithmeticFault>('DIVISION_BY_ZERO', 'FRACTIONAL_EXPONENT', 'RESULT_TOO_LARGE'),
        (one, code) => {
          fc.pre(one.outcome.kind === 'value' || one.outcome.code !== code)
          // Zero to a fraction below zero is both.
          fc.pre(!(one.operation === '^' && one.operands[0] === '0'))
          expect(faultIn(one, { kind: 'error', code }, means(20))).toMatch(/^It says/)
        },
      ),
      { numRuns: 4_000 },
    )
  })
})

describe('at the limit of digits', () => {
  const nines = '9'.repeat(10_000)
  const tooLarge: Claim = { kind: 'error', code: 'RESULT_TOO_LARGE' }
  it.each<[OperationName, string, string, boolean]>([
    ['+', nines, '1', true],
    ['+', nines, '0', false],
    ['+', nines, '-1', false],
    ['-', nines, nines, false],
    ['*', nines, '2', true],
    ['*', nines, '1', false],
    ['/', `1/${nines}`, '2', true],
    ['/', '1', nines, false],
    ['/', `${nines}`, `1/${nines}`, true],
    ['^', '10', '9999', false],
    ['^', '10', '10000', true],
    ['^', '2', '33219', false],
    ['^', '2', '-33220', true],
    ['^', '-1', nines, false],
    ['^', '9', nines, true],
  ])('%s is too large or not, to the digit', (operation, left, right, isTooLarge) => {
    expect(faultIn({ operation, operands: [left, right] }, tooLarge, means()) === null).toBe(isTooLarge)
  })

  it('looks for common factors where there is time for it, and lets pass what it had no time for', () => {
    const left = `${3n ** 2_000n}/${2n ** 3_000n}`
    const value = `${2n * 3n ** 2_000n}/${2n ** 3_001n}`
    const claim: Claim = { kind: 'value', value }
    const computed = { operation: '+', operands: [left, '0'] } as const
    expect(faultIn(computed, claim, means())).toBe('It is not in lowest terms.')
    expect(faultIn(computed, claim, { ...means(), hasTimeFor: () => false })).toBeNull()
  })

  it('blames nobody for an operand that is not in lowest terms', () => {
    const computed = { operation: '+', operands: ['2/4', '1/4'] } as const
    expect(faultIn(computed, { kind: 'value', value: '6/8' }, means())).toBeNull()
    expect(faultIn(computed, { kind: 'value', value: '3/4' }, means())).toBeNull()
    expect(faultIn(computed, { kind: 'value', value: '7/8' }, means())).not.toBeNull()
  })

  it('takes little time for what is small, and bounded time for the longest', () => {
    const one = { operation: '+', operands: ['12', '30'] } as const
    const small = processorMs(() => {
      for (let i = 0; i < 100_000; i++) faultIn(one, { kind: 'value', value: '42' }, means())
    })
    const long = { operation: '+', operands: [`${nines}/${'7'.repeat(10_000)}`, '1'] } as const
    const busy = { ...means(), hasTimeFor: () => false }
    const longest = processorMs(() => {
      for (let i = 0; i < 100; i++) faultIn(long, { kind: 'error', code: 'RESULT_TOO_LARGE' }, busy)
    })
    expect(small + longest).toBeLessThan(2_000)
  })
})
