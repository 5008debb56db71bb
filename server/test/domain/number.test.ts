import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toDecimal } from '../../src/domain/number/decimal.ts'
import { valueOfLiteral } from '../../src/domain/expression/literal.ts'
import { isTerminating, isWellFormed, negate } from '../../src/domain/number/number.ts'
import { toRepeating } from '../../src/domain/number/repeating.ts'
import { calculate, fromText, rational, toText, type Rational } from './support/rational.ts'
import { processorMs } from '../support/processor-ms.ts'

const integer = fc.oneof(fc.bigInt({ min: -30n, max: 30n }), fc.bigInt({ min: -(10n ** 45n), max: 10n ** 45n }))
const tens = fc.nat(45).map((power) => 10n ** BigInt(power))
const number: fc.Arbitrary<Rational> = fc
  .tuple(integer, fc.oneof(tens, integer), tens)
  .map(([n, d, scale]) => (d === 0n ? rational(n * scale, 1n) : rational(n * scale, d)))

describe('negate', () => {
  test.each([
    ['0', '0'],
    ['3', '-3'],
    ['-1/2', '1/2'],
  ])('%s is %s', (value, negated) => expect(negate(value)).toBe(negated))
})

describe('isWellFormed', () => {
  test.each(['0', '1', '-1', '12345', '-12345/67890', '1/2', '2/4'])('%s', (value) => {
    expect(isWellFormed(value, 5)).toBe(true)
  })

  test.each([
    ...[
      '',
      '-',
      '-0',
      '00',
      '01',
      '+1',
      '1.5',
      '1e3',
      ' 1',
      '1 ',
      '1\n',
      '0/5',
      '1/0',
      '1/1',
      '1/-2',
      '1/02',
      '1/',
      '/2',
    ],
    ...['1/2/3', '123456', '1/123456', '0x1', '1n', 'NaN', '１'],
  ])('not %j', (value) => {
    expect(isWellFormed(value, 5)).toBe(false)
  })

  test('refuses what is far too long without reading it', () => {
    const long = '1'.repeat(1_000_000)
    const took = processorMs(() => {
      for (let times = 0; times < 1000; times += 1) expect(isWellFormed(long, 10_000)).toBe(false)
    })
    // A look at all of them takes seconds.
    expect(took).toBeLessThan(1_000)
  })
})

describe('toDecimal', () => {
  test.each([
    ['0', 34, '0', true],
    ['3/10', 34, '0.3', true],
    ['-5/2', 34, '-2.5', true],
    ['1200', 34, '1200', true],
    ['1/3', 34, `0.${'3'.repeat(34)}`, false],
    ['2/3', 34, `0.${'6'.repeat(33)}7`, false],
    ['-2/3', 3, '-0.667', false],
    ['200/3', 3, '66.7', false],
    ['25', 1, '2E+1', false],
    ['35', 1, '4E+1', false],
    ['-25', 1, '-2E+1', false],
    ['251', 1, '3E+2', false],
    ['99/10', 1, '1E+1', false],
    ['999', 2, '1.0E+3', false],
    ['19999/2', 4, '1.000E+4', false],
    ['1000001/1000000', 3, '1.00', false],
    ['1000', 3, '1E+3', true],
    ['1000', 4, '1000', true],
    ['123000', 5, '1.23E+5', true],
    ['1/1000000', 34, '0.000001', true],
    ['3/2500000', 34, '0.0000012', true],
    ['1/10000000', 34, '1E-7', true],
    ['1/70000000', 3, '1.43E-8', false],
    [`1${'0'.repeat(33)}`, 34, `1${'0'.repeat(33)}`, true],
    [`1${'0'.repeat(34)}`, 34, '1E+34', true],
    ['9'.repeat(35), 34, `1.${'0'.repeat(33)}E+35`, false],
  ])('%s to %i digits is %s (exact: %s)', (value, digits, text, exact) => {
    expect(toDecimal(value, digits)).toEqual({ text, exact })
  })

  test('is the nearest number of so many digits, of two the even one, written in the one way', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 40 }), (value, digits) => {
        const { text, exact } = toDecimal(toText(value), digits)
        const [, sign = '', whole = '', fraction = '', exponent] =
          /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(text) ?? expect.fail(text)
        const coefficient = (whole + fraction).replace(/^0+(?=\d)/, '')
        expect(coefficient.length).toBeLessThanOrEqual(digits)
        if (!exact) expect(coefficient).toHaveLength(digits)
        if (exact) expect(fraction).not.toMatch(/0$/)
        expect(sign === '-').toBe(value.n < 0n)

        const lastPlace = Number(exponent ?? 0) - fraction.length
        const adjusted = coefficient === '0' ? 0 : lastPlace + coefficient.length - 1
        // Without an exponent in the text its zeros before the point count as digits.
        expect(exponent !== undefined).toBe(lastPlace > 0 || adjusted < -6)
        if (exponent !== undefined) expect(whole).toMatch(/^[1-9]$/)

        const error = calculate('-', fromText(text), value) ?? expect.fail()
        expect(exact).toBe(error.n === 0n)
        const unit = rational(10n ** BigInt(Math.max(lastPlace, 0)), 10n ** BigInt(Math.max(-lastPlace, 0)))
        const { n, d } =
          calculate('/', rational(2n * (error.n < 0n ? -error.n : error.n), error.d), unit) ?? expect.fail()
        // A number rounded up to a power of ten has a last place ten times as large as those below it.
        expect(n <= d).toBe(true)
        if (n === d && !exact) expect(BigInt(coefficient) % 2n).toBe(0n)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('toRepeating', () => {
  test.each([
    ['0', '0'],
    ['7', '7'],
    ['1/4', '0.25'],
    ['-1/4', '-0.25'],
    ['1/3', '0.(3)'],
    ['-5/3', '-1.(6)'],
    ['1/6', '0.1(6)'],
    ['1/7', '0.(142857)'],
    ['1/12', '0.08(3)'],
    ['1/99', '0.(01)'],
    ['1/1025', '0.00(09756)'],
    ['22/7', '3.(142857)'],
    [`1/${2n ** 3n}`, '0.125'],
    [`${2n ** 200n}`, `${2n ** 200n}`],
  ])('%s is %s', (value, text) => expect(toRepeating(value)).toEqual({ kind: 'written', text }))

  test('is what long division gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 1, max: 900 }), (n, d) => {
        const text = divideByHand(n, d)
        expect(toRepeating(toText(rational(BigInt(n), BigInt(d))))).toEqual({ kind: 'written', text })
      }),
      { numRuns: 1000 },
    )
  })

  const lengthOf = (value: string, maxPeriod?: number) => {
    const repeating = toRepeating(value, maxPeriod)
    return repeating.kind === 'written' ? repeating.text.length : repeating.reason
  }

  test('is absent where the period is too long', () => {
    // 983 has the full period of 982 digits, 1019 that of 1018.
    expect(lengthOf('1/983')).toBe('0.()'.length + 982)
    expect(lengthOf('1/1019')).toBe('PERIOD_TOO_LONG')
    expect(lengthOf('1/1019', 1018)).toBe('0.()'.length + 1018)
    expect(lengthOf('1/1019', 1017)).toBe('PERIOD_TOO_LONG')
    expect(lengthOf(`1/${'3'.repeat(2_000)}1`)).toBe('PERIOD_TOO_LONG')
  })

  test('is there for all decimals that end within the limits, and absent where the text is too long', () => {
    expect(lengthOf(`1/${2n ** 20_000n}`)).toBe('0.'.length + 20_000)
    expect(lengthOf(`1/${2n ** 33_218n}`)).toBe('0.'.length + 33_218)
    expect(lengthOf(`1/${2n ** 35_001n}`)).toBe('TEXT_TOO_LONG')
    expect(lengthOf('7'.repeat(35_001))).toBe('TEXT_TOO_LONG')
  })

  test('is read as the number that it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 1, max: 900 }), (n, d) => {
        const value = toText(rational(BigInt(n), BigInt(d)))
        const repeating = toRepeating(value)
        expect(repeating.kind === 'written' && valueOfLiteral(repeating.text)).toBe(value)
      }),
    )
  })
})

describe('isTerminating', () => {
  test.each(['0', '7', '-1/2', '1/5', '3/1000', `1/${2n ** 30_000n}`, `1/${5n ** 777n * 2n}`])('%.30s', (value) => {
    expect(isTerminating(value)).toBe(true)
  })

  test.each(['1/3', '-7/30', `1/${2n ** 30_000n * 3n}`])('not %.30s', (value) =>
    expect(isTerminating(value)).toBe(false),
  )
})

test('numbers of 10 000 digits are quick', () => {
  const long = `${'7'.repeat(10_000)}/${'3'.repeat(9_999)}1`
  const twos = `1/${2n ** 33_218n}`
  const took = processorMs(() => {
    for (const value of [long, twos, '7'.repeat(10_000)]) {
      toDecimal(value)
      toDecimal(value, 10_000)
      toRepeating(value)
      isTerminating(value)
      isWellFormed(value, 10_000)
    }
  })
  // Some 0.05 s on a quiet machine.
  expect(took).toBeLessThan(1_000)
})

/** Digit by digit, until a remainder comes back. */
function divideByHand(n: number, d: number): string {
  const whole = Math.floor(Math.abs(n) / d)
  const seen = new Map<number, number>()
  let remainder = Math.abs(n) % d
  let decimals = ''
  while (remainder !== 0 && !seen.has(remainder)) {
    seen.set(remainder, decimals.length)
    decimals += Math.floor((remainder * 10) / d)
    remainder = (remainder * 10) % d
  }
  const start = seen.get(remainder)
  const text =
    remainder === 0 || start === undefined ? decimals : `${decimals.slice(0, start)}(${decimals.slice(start)})`
  return (n < 0 ? '-' : '') + whole + (text === '' ? '' : `.${text}`)
}
