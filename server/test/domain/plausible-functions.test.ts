import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtIns, isOperator, maxOperands, type ArithmeticFault } from '../../src/domain/operation.ts'
import type { Claim, Means } from '../../src/domain/plausibility/claim.ts'
import { faultIn } from '../../src/domain/plausibility/plausibility.ts'
import { drawModuli } from '../../src/domain/plausibility/residues.ts'
import { processorMs } from '../support/processor-ms.ts'
import { callFunction } from './support/functions.ts'
import { fromText, rational, toText, type Rational } from './support/rational.ts'

const moduli = drawModuli(Math.random)
const means = (maxDigits = 10_000): Means => ({ maxDigits, moduli, hasTimeFor: () => true })
const busy: Means = { ...means(), hasTimeFor: () => false }
const value = (text: string): Claim => ({ kind: 'value', value: text })
const error = (code: ArithmeticFault): Claim => ({ kind: 'error', code })

const functions = [...builtIns.values()].filter(({ name }) => !isOperator(name))
const digits = ({ n, d }: Rational) => Math.max(`${n < 0n ? -n : n}`.length, `${d}`.length)

const integer = fc.oneof(
  fc.bigInt({ min: -12n, max: 12n }),
  fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }),
  fc
    .integer({ min: 1, max: 160 })
    .chain((length) => fc.bigInt({ min: -(10n ** BigInt(length)), max: 10n ** BigInt(length) })),
)
const whole = integer.map((n) => rational(n, 1n))
const number = fc.tuple(integer, integer).map(([n, d]) => rational(n, d === 0n ? 1n : d))
const half = integer.map((n) => rational(n, 2n))
const count = fc.bigInt({ min: -2n, max: 60n }).map((n) => rational(n, 1n))

const operandOf = (name: string) => {
  if (name === 'factorial' || name === 'binomial') return fc.oneof({ weight: 9, arbitrary: count }, number)
  if (name === 'gcd' || name === 'lcm') return fc.oneof({ weight: 20, arbitrary: whole }, number)
  return fc.oneof(whole, number, half)
}

interface Case {
  readonly operation: string
  readonly operands: readonly string[]
  /** What is true. */
  readonly outcome: Claim
  readonly result: Rational | null
}

const cases = (maxDigits: number): fc.Arbitrary<Case> =>
  fc
    .constantFrom(...functions)
    .chain(({ name, minOperands, maxOperands }) =>
      fc
        .array(operandOf(name), { minLength: minOperands, maxLength: Math.min(maxOperands, 5) })
        .map((operands) => ({ name, operands })),
    )
    // What no oracle counts is left out.
    .filter(({ name, operands }) => (name !== 'factorial' && name !== 'binomial' ? true : operands.every(isCountable)))
    .map(({ name, operands }) => {
      const result = callFunction(name, operands)
      const outcome =
        result === null
          ? error(name === 'mod' ? 'DIVISION_BY_ZERO' : 'OUTSIDE_DOMAIN')
          : digits(result) > maxDigits
            ? error('RESULT_TOO_LARGE')
            : value(toText(result))
      return { operation: name, operands: operands.map(toText), outcome, result }
    })

const isCountable = ({ n, d }: Rational): boolean => d !== 1n || n <= 60n

describe('what an agent returns of a function', () => {
  it.each([10_000, 40, 5])('is never refused where it is true, within %i digits', (maxDigits) => {
    fc.assert(
      fc.property(cases(maxDigits), (one) => {
        expect(faultIn(one, one.outcome, means(maxDigits))).toBeNull()
        expect(faultIn(one, one.outcome, { ...busy, maxDigits })).toBeNull()
      }),
      { numRuns: 4_000 },
    )
  })

  it('is never refused where numbers are long and what comes of them is not', () => {
    const length = fc.integer({ min: 90, max: 600 })
    const divisor = length.chain((length) => fc.bigInt({ min: 10n ** BigInt(length - 1), max: 10n ** BigInt(length) }))
    const quotient = fc
      .integer({ min: 0, max: 17 })
      .chain((places) => fc.bigInt({ min: -(10n ** BigInt(places)), max: 10n ** BigInt(places) }))
    const name = fc.constantFrom('floor', 'ceil', 'round', 'min', 'max', 'mod')
    fc.assert(
      fc.property(name, divisor, quotient, fc.bigInt({ min: -9n, max: 9n }), (operation, d, times, rest) => {
        const operands = [rational(d * times + rest, d), rational(d * times + times + 1n, d + 1n)]
        const given = operands.slice(0, builtIns.get(operation)?.maxOperands)
        const result = callFunction(operation, given)
        const claim = result === null ? error('DIVISION_BY_ZERO') : value(toText(result))
        const computed = { operation, operands: given.map(toText) }
        expect(faultIn(computed, claim, means())).toBeNull()
        expect(faultIn(computed, claim, busy)).toBeNull()
      }),
      { numRuns: 1_500 },
    )
  })

  it('is refused where it is another value', () => {
    fc.assert(
      fc.property(cases(10_000), fc.bigInt({ min: 1n, max: 10n ** 40n }), number, (one, change, other) => {
        const { n, d } = one.result ?? rational(1n, 1n)
        const wrong = [
          rational(n + 1n, d),
          rational(n - 1n, d),
          rational(n + change, d),
          rational(n, d + change),
          rational(-n, d),
          other,
          ...one.operands.map(fromText),
        ]
        for (const text of wrong.map(toText)) {
          if (one.result === null || text !== toText(one.result))
            expect(faultIn(one, value(text), means())).toMatch(/not the result|more digits/)
        }
      }),
      { numRuns: 4_000 },
    )
  })

  it('is refused where it is not in lowest terms', () => {
    fc.assert(
      fc.property(cases(10_000), fc.bigInt({ min: 2n, max: 10n ** 40n }), (one, factor) => {
        fc.pre(one.result !== null && one.result.n !== 0n)
        const { n, d } = one.result ?? rational(1n, 1n)
        expect(faultIn(one, value(`${n * factor}/${d * factor}`), means())).not.toBeNull()
      }),
      { numRuns: 2_000 },
    )
  })

  it('is refused where it is an error that the operands do not have', () => {
    const codes = ['DIVISION_BY_ZERO', 'FRACTIONAL_EXPONENT', 'OUTSIDE_DOMAIN', 'RESULT_TOO_LARGE'] as const
    fc.assert(
      fc.property(cases(400), fc.constantFrom(...codes), (one, code) => {
        fc.pre(one.outcome.kind === 'value' || one.outcome.code !== code)
        expect(faultIn(one, error(code), means(400))).toMatch(/^It says/)
      }),
      { numRuns: 4_000 },
    )
  })
})

const nines = '9'.repeat(10_000)
const long = `${nines}/${'7'.repeat(9_999)}1`

describe('of long numbers, without any time for them, a function', () => {
  it.each<[string, readonly string[], string]>([
    ['abs', [`-${nines}`], `${nines.slice(1)}8`],
    ['sign', [long], '-1'],
    ['floor', [long], '2'],
    ['ceil', [long], '1'],
    ['round', [long], '3'],
    ['floor', [`${nines}/2`], `5${'0'.repeat(9_998)}`],
    ['round', [`${nines}/2`], '-1'],
    ['mod', [nines, `-${nines.slice(1)}`], '1'],
    ['mod', ['7', nines], `1${nines}`],
    ['mod', [nines, '12'], '1/2'],
    ['gcd', [nines, '12'], '100'],
    ['gcd', [nines, '0', nines], '-1'],
    ['lcm', [nines, nines.slice(1)], nines.slice(2)],
    ['lcm', [nines, '0'], nines],
    ['min', [nines, long, '3'], '3'],
    ['max', [nines, long, '3'], '3'],
    ['max', [nines, nines.slice(1)], `${nines.slice(1)}8`],
    ['factorial', ['3248'], nines.slice(2)],
    ['factorial', ['3249'], nines],
    ['binomial', ['30000', '15000'], nines],
    ['binomial', [nines, '9'], nines],
  ])('%s does not come to what it cannot', (operation, operands, wrong) => {
    expect(faultIn({ operation, operands }, value(wrong), busy)).not.toBeNull()
  })

  it.each<[string, readonly string[], string]>([
    ['floor', [`${nines}/2`], `4${nines.slice(1)}`],
    ['ceil', [`${nines}/2`], `5${'0'.repeat(9_999)}`],
    ['round', [`-${nines}/2`], `-5${'0'.repeat(9_999)}`],
    ['mod', [nines, '12'], '3'],
    ['mod', [`-1`, nines], `${nines.slice(1)}8`],
    ['gcd', [nines, nines, nines.slice(5_000)], nines.slice(5_000)],
    ['max', [`${nines}/2`, `${nines.slice(1)}7/2`], `${nines}/2`],
    ['binomial', [nines, '1'], nines],
    ['binomial', [nines, `${nines.slice(1)}8`], nines],
  ])('%s comes to what it does', (operation, operands, right) => {
    expect(faultIn({ operation, operands }, value(right), busy)).toBeNull()
    expect(faultIn({ operation, operands }, value(right), means())).toBeNull()
  })
})

describe('with time for it, a function of long numbers', () => {
  it.each<[string, readonly string[], string]>([
    ['floor', [`${nines}/2`], `5${'0'.repeat(9_999)}`],
    ['round', [`${nines}/2`], `4${nines.slice(1)}`],
    ['mod', [nines, '12'], '4'],
    ['gcd', [nines, nines], nines.slice(5_000)],
    ['lcm', [nines.slice(5_000), '2'], nines.slice(4_999)],
    ['max', [`${nines}/2`, `${nines.slice(1)}7/2`], `${nines.slice(1)}7/2`],
    [
      'max',
      [`1${'0'.repeat(18)}/1${'0'.repeat(17)}1`, `1${'0'.repeat(17)}1/1${'0'.repeat(17)}2`],
      `1${'0'.repeat(18)}/1${'0'.repeat(17)}1`,
    ],
  ])('%s is compared exactly', (operation, operands, wrong) => {
    expect(faultIn({ operation, operands }, value(wrong), means())).toBe('It is not the result of the operation.')
  })
})

describe('at the limit of digits, a function', () => {
  it.each<[string, readonly string[], boolean]>([
    ['abs', [`-${nines}`], false],
    ['ceil', [`${nines}/2`], false],
    ['round', [long], false],
    ['gcd', [nines, nines], false],
    ['max', [nines, long], false],
    ['mod', [nines, '7'], false],
    ['mod', [`-1/${nines}`, '2/7'], true],
    ['mod', [`-1/${nines}`, '2/3'], false],
    ['lcm', [nines, '3'], false],
    ['lcm', [nines, '7'], true],
    ['lcm', [nines, '7', '0'], false],
    ['factorial', ['3248'], false],
    ['factorial', ['3249'], true],
    ['factorial', [nines], true],
    ['factorial', ['-5'], false],
    ['binomial', [`1${'0'.repeat(9_999)}`, '1'], false],
    ['binomial', [`1${'0'.repeat(9_999)}`, '2'], true],
    ['binomial', ['33224', '16612'], false],
    ['binomial', ['33240', '16620'], true],
    ['binomial', [nines, nines], false],
    ['binomial', ['2', nines], false],
    ['binomial', [nines, nines.slice(1)], true],
  ])('%s is too large or not', (operation, operands, isTooLarge) => {
    expect(faultIn({ operation, operands }, error('RESULT_TOO_LARGE'), means()) === null).toBe(isTooLarge)
  })

  it('that is not known here is taken as it is told', () => {
    const computed = { operation: 'sqrt', operands: ['16'] }
    expect(faultIn(computed, value('4'), means())).toBeNull()
    expect(faultIn(computed, error('RESULT_TOO_LARGE'), means())).toBeNull()
  })

  it.each<[string, readonly string[], string]>([
    ['max', Array.from({ length: maxOperands }, (_, i) => `${nines.slice(3)}${100 + i}/${'7'.repeat(9_999)}1`), long],
    ['gcd', Array.from({ length: maxOperands }, () => nines), '9'],
    ['lcm', Array.from({ length: maxOperands }, () => nines), nines],
    ['mod', [long, long.replaceAll('7', '5')], long.replaceAll('7', '6')],
    ['round', [long], '1'],
    ['factorial', ['40004'], nines],
    ['binomial', [nines, '40004'], nines],
  ])('%s takes little time, at its worst operands', (operation, operands, claimed) => {
    const codes = ['RESULT_TOO_LARGE', 'DIVISION_BY_ZERO', 'OUTSIDE_DOMAIN'] as const
    const claims = [value(claimed), ...codes.map(error)]
    const spent = processorMs(() => {
      for (const claim of claims) faultIn({ operation, operands }, claim, busy)
    })
    expect(spent).toBeLessThan(400)
  })
})
