import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compute } from '../src/compute/compute.ts'
import { gcd as lehmer } from '../src/compute/gcd.ts'
import { processorMs } from './support/processor-ms.ts'

const maxDigits = 10_000
const value = (text: string) => ({ kind: 'value', value: text })

function outcomeOf(operator: string, left: string, right: string, limit = maxDigits): string {
  const outcome = compute(operator, [left, right], limit)
  return outcome.kind === 'value' ? outcome.value : outcome.code
}

describe('compute', () => {
  it.each<[string, string, string, string]>([
    ['+', '1', '2', '3'],
    ['+', '1/3', '1/6', '1/2'],
    ['+', '-1/2', '1/2', '0'],
    ['+', '1/10', '1/5', '3/10'],
    ['-', '1', '2', '-1'],
    ['-', '0', '0', '0'],
    ['*', '1/3', '3', '1'],
    ['*', '-0', '5', '0'],
    ['/', '2', '4', '1/2'],
    ['/', '-6', '-4', '3/2'],
    ['/', '0', '-3', '0'],
    ['/', '1', '0', 'DIVISION_BY_ZERO'],
    ['/', '0', '0', 'DIVISION_BY_ZERO'],
    ['^', '2', '10', '1024'],
    ['^', '-2', '3', '-8'],
    ['^', '-2', '2', '4'],
    ['^', '2', '-2', '1/4'],
    ['^', '-2/3', '-3', '-27/8'],
    ['^', '0', '0', '1'],
    ['^', '0', '7', '0'],
    ['^', '7/3', '0', '1'],
    ['^', '0', '-1', 'DIVISION_BY_ZERO'],
    ['^', '4', '1/2', 'FRACTIONAL_EXPONENT'],
    ['^', '0', '-1/2', 'FRACTIONAL_EXPONENT'],
    ['^', '1', '1/2', 'FRACTIONAL_EXPONENT'],
  ])('%s of %s and %s is %s', (operator, left, right, expected) => {
    expect(outcomeOf(operator, left, right)).toBe(expected)
  })

  it.each(['', 'x', '1.5', '1:2', '1 1/2', '1/0', '1/-2', '--1', '1e3', '+1'])(
    'throws at the operand "%s"',
    (operand) => {
      expect(() => compute('+', [operand, '1'], maxDigits)).toThrow(/not a number/)
    },
  )

  it('throws at an operation that it does not know', () => {
    expect(() => compute('modulo', ['1', '1'], maxDigits)).toThrow(/modulo/)
  })
})

/** An independent oracle: fractions in lowest terms by Euclid on BigInt. */
type Ratio = readonly [bigint, bigint]
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
function show([n, d]: Ratio): string {
  const sign = d < 0n ? -1n : 1n
  const divisor = gcd(n, d) * sign
  return d / divisor === 1n ? String(n / divisor) : `${n / divisor}/${d / divisor}`
}
const operand = (limit: bigint) => fc.tuple(fc.bigInt({ min: -limit, max: limit }), fc.bigInt({ min: 1n, max: limit }))
const wide = operand(10n ** 40n)

describe('against an oracle', () => {
  it.each<[string, (a: Ratio, b: Ratio) => Ratio]>([
    ['+', ([a, b], [c, d]) => [a * d + c * b, b * d]],
    ['-', ([a, b], [c, d]) => [a * d - c * b, b * d]],
    ['*', ([a, b], [c, d]) => [a * c, b * d]],
    ['/', ([a, b], [c, d]) => [a * d, b * c]],
  ])('%s is exact', (operator, oracle) => {
    fc.assert(
      fc.property(wide, wide, (a, b) => {
        fc.pre(operator !== '/' || b[0] !== 0n)
        expect(compute(operator, [show(a), show(b)], maxDigits)).toEqual(value(show(oracle(a, b))))
      }),
    )
  })

  it('a power is exact, and too large exactly when it has more digits than allowed', () => {
    const cases = { ok: 0, large: 0 }
    fc.assert(
      fc.property(operand(120n), fc.integer({ min: -30, max: 30 }), ([n, d], exponent) => {
        fc.pre(n !== 0n)
        let [top, bottom]: Ratio = [1n, 1n]
        for (let i = 0; i < Math.abs(exponent); i += 1) {
          const [p, q]: Ratio = exponent > 0 ? [n, d] : [d, n]
          top *= p
          bottom *= q
        }
        const exact = show([top, bottom])
        const fits = exact
          .replace('-', '')
          .split('/')
          .every((digits) => digits.length <= 20)
        cases[fits ? 'ok' : 'large'] += 1
        expect(outcomeOf('^', show([n, d]), String(exponent), 20)).toBe(fits ? exact : 'RESULT_TOO_LARGE')
      }),
      { numRuns: 2000 },
    )
    expect(Math.min(cases.ok, cases.large)).toBeGreaterThan(100)
  })
})

describe('the greatest common divisor', () => {
  const integer = fc
    .tuple(fc.nat(400), fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }))
    .chain(([bits, low]) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) }).map((high) => high * 2n ** 60n + low))

  it('is that of Euclid', () => {
    fc.assert(
      fc.property(integer, integer, integer, (a, b, common) => {
        expect(lehmer(a * common, b * common)).toBe(gcd(a * common, b * common))
      }),
      { numRuns: 3000 },
    )
  })

  it('is found where quotients are as small, and as large, as can be', () => {
    let [fibonacci, next] = [1n, 1n]
    for (let i = 0; i < 1000; i++) {
      ;[fibonacci, next] = [next, fibonacci + next]
      expect(lehmer(fibonacci, next)).toBe(1n)
      expect(lehmer(fibonacci * 6n, next * 4n)).toBe(gcd(6n * fibonacci, 4n * next))
    }
    for (let bits = 0n; bits < 300n; bits += 7n)
      for (const near of [-1n, 0n, 1n])
        for (const other of [-1n, 1n])
          expect(lehmer(2n ** bits + near, 2n ** (bits + 60n) + other)).toBe(
            gcd(2n ** bits + near, 2n ** (bits + 60n) + other),
          )
  })
})

describe('giant numbers', () => {
  const nines = '9'.repeat(maxDigits)

  it('lets a result have as many digits as allowed, and not one more', () => {
    expect(outcomeOf('+', nines, '0')).toBe(nines)
    expect(outcomeOf('+', nines, '1')).toBe('RESULT_TOO_LARGE')
    expect(outcomeOf('/', '1', nines)).toBe(`1/${nines}`)
    expect(outcomeOf('/', `1/${nines}`, '2')).toBe('RESULT_TOO_LARGE')
    expect(outcomeOf('^', '10', '9999')).toBe(`1${'0'.repeat(9999)}`)
    expect(outcomeOf('^', '2', '33219')).toBe(String(2n ** 33_219n))
    expect(outcomeOf('^', '2', '33220')).toBe('RESULT_TOO_LARGE')
    expect(outcomeOf('^', '10', '10000')).toBe('RESULT_TOO_LARGE')
    expect(outcomeOf('^', '10', '-10000')).toBe('RESULT_TOO_LARGE')
  })

  it.each([
    ['9', String(9 ** 9)],
    ['2', '40001'],
    ['-9', `-${nines}`],
    ['1/2', nines],
    [nines, nines],
    [`${nines.slice(1)}8/${nines}`, '12345678901234567890'],
  ])('says at once that %s to the power of %s is too large', (base, exponent) => {
    const took = processorMs(() => expect(outcomeOf('^', base, exponent)).toBe('RESULT_TOO_LARGE'))
    expect(took).toBeLessThan(1_000)
  })

  it('takes a giant exponent where the result is small', () => {
    const took = processorMs(() => {
      expect(outcomeOf('^', '1', `-${nines}`)).toBe('1')
      expect(outcomeOf('^', '-1', nines)).toBe('-1')
      expect(outcomeOf('^', '-1', `${nines}0`)).toBe('1')
      expect(outcomeOf('^', '0', nines)).toBe('0')
    })
    expect(took).toBeLessThan(1_000)
  })

  it('does not try to take a giant root', () => {
    const took = processorMs(() => expect(outcomeOf('^', nines, '1/2')).toBe('FRACTIONAL_EXPONENT'))
    expect(took).toBeLessThan(1_000)
  })

  it.each<string>(['+', '-', '*', '/'])('takes a fraction of a second for %s of the largest fractions', (operator) => {
    const left = `${7n ** 11_000n}/${3n ** 20_000n}`
    const right = `${5n ** 14_000n}/${2n ** 33_000n}`
    const took = processorMs(() => expect(outcomeOf(operator, left, right)).toBe('RESULT_TOO_LARGE'))
    // Some 20 ms, which a machine that is busy otherwise can double.
    expect(took).toBeLessThan(300)
  })
})
