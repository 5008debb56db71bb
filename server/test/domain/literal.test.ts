import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureLiteral, printLiteral, valueOfLiteral } from '../../src/domain/expression/literal.ts'
import { fromText, toText } from './support/rational.ts'
import { processorMs } from '../support/processor-ms.ts'

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength })
/** More zeros, twos and fives than chance has: they are what a fraction is reduced by. */
const coefficient = fc.oneof(
  digits(1, 40),
  fc.tuple(digits(0, 3), fc.nat(30)).map(([lead, zeros]) => lead + '0'.repeat(zeros + 1)),
  fc.nat(120).map((power) => `${2n ** BigInt(power)}`),
  fc.nat(60).map((power) => `${5n ** BigInt(power)}`),
)
const mantissa = fc.oneof(
  coefficient,
  fc.tuple(coefficient, coefficient).map(([whole, decimals]) => `${whole}.${decimals}`),
  coefficient.map((decimals) => `.${decimals}`),
  coefficient.map((whole) => `${whole}.`),
)
const exponent = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.nat(150)).map((parts) => parts.join('')),
)
const plainLiteral = fc.tuple(mantissa, exponent).map((parts) => parts.join(''))
const repeating = fc.tuple(digits(0, 12), digits(0, 12), digits(1, 20)).map(([a, b, c]) => `${a}.${b}(${c})`)
const literal = fc.oneof({ arbitrary: plainLiteral, weight: 4 }, repeating)

const runs = { numRuns: 5_000 }
const wide = 1_000_000

describe('a literal', () => {
  test('has the value that is written, whatever its form and its sign', () => {
    fc.assert(
      fc.property(literal, fc.constantFrom('', '-'), (text, sign) => {
        expect(valueOfLiteral(sign + text)).toBe(toText(fromText(sign + text)))
      }),
      runs,
    )
  })

  test('has as many digits as its value, counted without writing them', () => {
    fc.assert(
      fc.property(literal, (text) => {
        const count = valueOfLiteral(text).replace('/', '').length
        expect(measureLiteral(text, wide)).toEqual({ kind: 'measured', digits: count })
      }),
      runs,
    )
  })

  test('is too long where its numerator or its denominator is', () => {
    fc.assert(
      fc.property(literal, fc.integer({ min: 1, max: 60 }), (text, maxDigits) => {
        const longest = Math.max(
          ...valueOfLiteral(text)
            .split('/')
            .map((part) => part.length),
        )
        expect(measureLiteral(text, maxDigits).kind).toBe(longest > maxDigits ? 'too-long' : 'measured')
      }),
      runs,
    )
  })

  test('may be a value, as plans of earlier versions have it, and prints as a number that is read as one', () => {
    fc.assert(
      fc.property(plainLiteral, (text) => {
        const value = toText(fromText(text))
        expect(valueOfLiteral(value)).toBe(value)
        expect(valueOfLiteral(`-${value}`)).toBe(value === '0' ? '0' : `-${value}`)
        expect(valueOfLiteral(printLiteral(value))).toBe(value)
      }),
      runs,
    )
    expect(printLiteral('1/3')).toBe('(1/3)')
  })

  test('prints as it is written, but for the zeros of a whole number', () => {
    for (const text of [
      '12',
      '007',
      '1.50',
      '.5',
      '5.',
      '1e9999',
      '2.5E-3',
      `1.${'0'.repeat(30)}`,
      `.${'0'.repeat(30)}`,
      '0.(3)',
    ])
      expect(printLiteral(text)).toBe(text)
    expect(printLiteral(`12${'0'.repeat(30)}`)).toBe('12e30')
  })

  test.each([
    ['1e9999', 10_000],
    ['1.5e-9000', 9_002],
    ['5e-10000', 10_001],
    ['1e99999999', 100_000_000],
    [`0.${'0'.repeat(5_000)}1`, 5_003],
    [`${5n ** 14_000n}e-9999`, 5_807],
  ])('%.20s costs what its text does, and not what its digits would', (text, digits) => {
    const took = processorMs(() => {
      for (let times = 0; times < 20; times += 1)
        expect(measureLiteral(text, 2 ** 30)).toEqual({ kind: 'measured', digits })
    })
    // Some 3 ms each at most, of 10 000 characters.
    expect(took).toBeLessThan(1_000)
  })
})
