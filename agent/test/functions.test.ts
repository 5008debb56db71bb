import { describe, expect, it } from 'vitest'
import { compute } from '../src/compute/compute.ts'
import { processorMs } from './support/processor-ms.ts'

const maxDigits = 10_000

function outcomeOf(operation: string, operands: readonly string[]): string {
  const outcome = compute(operation, operands, maxDigits)
  return outcome.kind === 'value' ? outcome.value : outcome.code
}

describe('a function', () => {
  it.each<[string, readonly string[], string]>([
    ['abs', ['-3/2'], '3/2'],
    ['abs', ['0'], '0'],
    ['sign', ['-1/7'], '-1'],
    ['sign', ['0'], '0'],
    ['floor', ['-3/2'], '-2'],
    ['floor', ['7/2'], '3'],
    ['floor', ['-4'], '-4'],
    ['ceil', ['-3/2'], '-1'],
    ['ceil', ['7/2'], '4'],
    ['round', ['5/2'], '3'],
    ['round', ['-5/2'], '-3'],
    ['round', ['7/3'], '2'],
    ['mod', ['7', '3'], '1'],
    ['mod', ['-7', '3'], '2'],
    ['mod', ['7', '-3'], '-2'],
    ['mod', ['-7', '-3'], '-1'],
    ['mod', ['7/2', '2/3'], '1/6'],
    ['mod', ['1', '0'], 'DIVISION_BY_ZERO'],
    ['gcd', ['12', '-18', '27'], '3'],
    ['gcd', ['-5'], '5'],
    ['gcd', ['0', '0'], '0'],
    ['gcd', ['1/2', '3'], 'OUTSIDE_DOMAIN'],
    ['lcm', ['4', '-6', '10'], '60'],
    ['lcm', ['4', '0'], '0'],
    ['min', ['1/3', '1/2', '-1/5'], '-1/5'],
    ['max', ['1/3', '1/2', '-1/5'], '1/2'],
    ['max', ['-1/3', '0', '-7'], '0'],
    ['min', ['0', '1/10000000000000000000000', '-1/10000000000000000000000'], '-1/10000000000000000000000'],
    ['max', ['12345678901234567890', '12345678901234567891', '24691357802469135781/2'], '12345678901234567891'],
    ['min', ['-12345678901234567890', '-12345678901234567891', '-9'], '-12345678901234567891'],
    [
      'max',
      ['1000000000000000000/1000000000000000001', '1000000000000000001/1000000000000000002', '1/2'],
      '1000000000000000001/1000000000000000002',
    ],
    ['max', ['9999999999999999', '10000000000000000'], '10000000000000000'],
    ['factorial', ['0'], '1'],
    ['factorial', ['20'], '2432902008176640000'],
    ['factorial', ['-1'], 'OUTSIDE_DOMAIN'],
    ['factorial', ['1/2'], 'OUTSIDE_DOMAIN'],
    ['binomial', ['5', '2'], '10'],
    ['binomial', ['5', '7'], '0'],
    ['binomial', ['100', '98'], '4950'],
    ['binomial', ['-5', '2'], 'OUTSIDE_DOMAIN'],
  ])('%s of %j is %s', (operation, operands, expected) => {
    expect(outcomeOf(operation, operands)).toBe(expected)
  })

  it('has as many digits as are allowed, and not one more', () => {
    expect(outcomeOf('factorial', ['3248'])).toHaveLength(9_998)
    expect(outcomeOf('factorial', ['3249'])).toBe('RESULT_TOO_LARGE')
    expect(outcomeOf('binomial', [`1${'0'.repeat(9_999)}`, '1'])).toHaveLength(10_000)
    expect(outcomeOf('binomial', [`1${'0'.repeat(9_999)}`, '2'])).toBe('RESULT_TOO_LARGE')
  })

  it.each([
    ['factorial', ['9'.repeat(10_000)]],
    ['factorial', ['999999999999']],
    ['binomial', ['9'.repeat(10_000), '9'.repeat(9_000)]],
    ['binomial', ['999999999999', '99999999']],
    ['lcm', Array.from({ length: 100 }, (_, i) => `${10n ** 9_999n + BigInt(2 * i + 1)}`)],
  ])('%s that is too large is told without computing it', (operation, operands) => {
    const took = processorMs(() => expect(outcomeOf(operation, operands)).toBe('RESULT_TOO_LARGE'))
    expect(took).toBeLessThan(500)
  })

  it.each([
    ['abs', []],
    ['abs', ['1', '2']],
    ['mod', ['1']],
    ['gcd', []],
    ['gcd', Array<string>(101).fill('1')],
  ])('%s of another number of operands is not computed', (operation, operands) => {
    expect(() => compute(operation, operands, maxDigits)).toThrow(/does not take/)
  })
})
