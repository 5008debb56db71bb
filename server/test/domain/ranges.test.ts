import { describe, expect, test } from 'vitest'
import { processorMs } from '../support/processor-ms.ts'
import { depth } from '../../src/domain/plan/plan-analysis.ts'
import { limitErrorOf, limits, planOf, syntaxErrorOf } from './support/compiling.ts'
import { evaluatePlan } from './support/evaluate-plan.ts'

const asWritten = { regroup: false }

describe('a range', () => {
  test.each([
    ['sum(k = 1..100, k)', '5050'],
    ['sum(k = 1..4, 1/k^2)', '205/144'],
    ['product(k = 1..50, k)', String(Array.from({ length: 50 }, (_, k) => BigInt(k + 1)).reduce((a, b) => a * b))],
    ['sum(k = -2..2, k^2)', '10'],
    ['sum(i = 1..3, sum(j = i..3, i*j))', '25'],
    ['product(i = 1..2, sum(k = 1..3, k) + sum(k = 1..i, k))', '63'],
    ['n = 2*5; sum(k = n/2..n+1, k-n)', '-14'],
    ['sum(k = 3..3, k)', '3'],
    ['sum(k = 1..0, 1/0)', '0'],
    ['product(k = 2..-2, k)', '1'],
    ['x = 1/3; sum(k = 1..3, x*k)', '2'],
    ['sum(k=1..1e1,k)', '55'],
    ['sum(k = 0.(9)..30e-1, k)', '6'],
    ['sum(k = 1.000000000000000000000..2^3-5, k)', '6'],
    ['sum(k = 9007199254740990..9007199254740991, k)', '18014398509481981'],
  ])('%s is %s', (source, value) => {
    expect(evaluatePlan(planOf(source))).toBe(value)
    expect(evaluatePlan(planOf(source, asWritten))).toBe(value)
  })

  test('is joined in a balanced tree, and has no other operation than its body and its joins', () => {
    const plan = planOf('sum(k = 1..1000, 2^k)', asWritten)
    expect(plan.tasks).toHaveLength(1999)
    expect(depth(plan)).toBe(11)
  })

  test('computes nothing that only its bounds need', () => {
    expect(planOf('n = 2*5; sum(k = 1..n-9, k)').tasks).toEqual([])
    expect(planOf('x = 2^9; sum(k = 1..0, x) + 1').tasks).toHaveLength(1)
  })

  test('points into its body, and tells the value of its variable', () => {
    const source = 'sum(i = 1..2, sum(j = 3..4, i^j))'
    const { tasks } = planOf(source, asWritten)
    const powers = tasks.filter(({ operation }) => operation === '^')
    const variables = (i: string, j: string) => [
      { name: 'i', value: i },
      { name: 'j', value: j },
    ]
    expect(powers.map(({ spans }) => spans)).toEqual(
      [variables('1', '3'), variables('1', '4'), variables('2', '3'), variables('2', '4')].map((variables) => [
        { position: source.indexOf('^'), length: 1, variables },
      ]),
    )
    const joins = tasks.filter(({ operation }) => operation === '+').map(({ spans }) => spans[0])
    expect(joins).toEqual([
      { position: 14, length: 3, variables: [{ name: 'i', value: '1' }] },
      { position: 14, length: 3, variables: [{ name: 'i', value: '2' }] },
      { position: 0, length: 3 },
    ])
  })

  test('tells of what several values share only what they have in common', () => {
    const { tasks } = planOf('sum(i = 1..2, sum(j = 1..2, (i+5)*(7-2)+j))', asWritten)
    expect(tasks.find(({ operation }) => operation === '-')?.spans).toEqual([{ position: 36, length: 1 }])
    const sums = tasks.filter(({ operands }) => operands.some((one) => 'literal' in one && one.literal === '5'))
    expect(sums.map(({ spans }) => spans[0]?.variables)).toEqual([
      [{ name: 'i', value: '1' }],
      [{ name: 'i', value: '2' }],
    ])
  })

  test.each([
    ['sum(1, 2)', 'MALFORMED_RANGE', 4, 1],
    ['sum(k, 2)', 'MALFORMED_RANGE', 5, 1],
    ['sum(k = 1, 2)', 'MALFORMED_RANGE', 9, 1],
    ['sum(k = 1..2)', 'MALFORMED_RANGE', 12, 1],
    ['sum(k = 1..2, 3, 4)', 'MALFORMED_RANGE', 15, 1],
    ['sum(k = ..2, 3)', 'MISSING_OPERAND', 8, 2],
    ['sum(k = 1..2, )', 'MISSING_OPERAND', 14, 1],
    ['sum(k = 1.. 1.5 , k)', 'UNKNOWN_RANGE', 12, 3],
    ['sum(k = 1...5, k)', 'UNKNOWN_RANGE', 11, 2],
    ['sum(k = gcd(2, 4)..3, k)', 'UNKNOWN_RANGE', 8, 9],
    ['sum(k = 0.99999999999999999999..3, k)', 'UNKNOWN_RANGE', 8, 22],
    ['sum(k = 1..2.0000000000000000000001, k)', 'UNKNOWN_RANGE', 11, 24],
    ['sum(k = 1e-400..3, k)', 'UNKNOWN_RANGE', 8, 6],
    ['x = -1e-400; sum(k = x..3, k)', 'UNKNOWN_RANGE', 21, 1],
    ['sum(k = 4503599627370497.25..4503599627370498, k)', 'UNKNOWN_RANGE', 8, 19],
    ['sum(k = (1/0)^0..3, k)', 'UNKNOWN_RANGE', 8, 7],
    ['sum(k = 0.5^0..3, k)', 'UNKNOWN_RANGE', 8, 5],
    ['sum(k = gcd(1, 2)^0..3, k)', 'UNKNOWN_RANGE', 8, 11],
    ['sum(k = 1..9007199254740993, k)', 'UNKNOWN_RANGE', 11, 16],
    ['sum(k = 1..2^64, k)', 'UNKNOWN_RANGE', 11, 4],
    ['n = sum(k = 1..2, k); sum(k = 1..n, k)', 'UNKNOWN_RANGE', 33, 1],
    ['sum(k = 1..k, k)', 'UNKNOWN_NAME', 11, 1],
    ['sum(k = 1..2, k) + k', 'UNKNOWN_NAME', 19, 1],
    ['k = 1; sum(k = 1..2, k)', 'REDEFINED_NAME', 11, 1],
    ['sum(k = 1..2, sum(k = 1..2, k))', 'REDEFINED_NAME', 18, 1],
    ['sum(k = 1..2, sum(min = 1..2, k))', 'RESERVED_NAME', 18, 3],
    ['sum', 'MISSING_OPERANDS', 0, 3],
    ['1..2', 'MALFORMED_NUMBER', 0, 4],
    ['x = 1..2; x', 'MALFORMED_NUMBER', 4, 4],
    [`${'sum(a'.repeat(1)}=1..2${',k'}`, 'UNKNOWN_NAME', 11, 1],
  ])('%s: %s at %i, length %i', (source, code, position, length) => {
    expect(syntaxErrorOf(source)).toMatchObject({ code, position, length, suggestion: null })
  })

  test.each([
    ['1..1e16', 'Use smaller numbers'],
    ['-9007199254740992..1', 'Use smaller numbers'],
    ['1..2^64', 'Use smaller numbers'],
    ['1..2^64-2^64', 'Use smaller numbers'],
    ['1..2^60/2^58', 'Use smaller numbers'],
    ['1..10^20*0', 'Use smaller numbers'],
    ['1..1e9999', 'Use smaller numbers'],
    ['1..12345678901234567.5', 'Write whole numbers'],
    ['1..1e-9999', 'Write whole numbers'],
    ['1..1/0', 'Write whole numbers'],
    ['1..1/2', 'Write whole numbers'],
    ['1..1e16^0.5', 'Write whole numbers'],
    ['1..gcd(1e16, 2)', 'Write whole numbers'],
  ])('from %s is refused: %s', (range, message) => {
    expect(syntaxErrorOf(`sum(k = ${range}, k)`).message).toContain(`${message} here`)
  })

  test('stands in sixteen others at most', () => {
    const nested = (count: number) =>
      Array.from({ length: count }, (_, index) => `sum(k${index}=1..1,`).join('') + '1' + ')'.repeat(count)
    expect(planOf(nested(16)).tasks).toEqual([])
    expect(syntaxErrorOf(nested(17)).code).toBe('RANGES_TOO_DEEP')
  })
})

describe('a range over the limit', () => {
  test('is refused where it stands, before it is written out', () => {
    const took = processorMs(() => {
      for (const last of ['1000000', '10^15', '9007199254740991']) {
        expect(limitErrorOf(`1 + sum(k = 1..${last}, 1/k)`)).toMatchObject({
          code: 'RANGE_TOO_LONG',
          position: 12,
          length: 3 + last.length,
        })
      }
    })
    // Written out, the shortest of them alone takes seconds.
    expect(took).toBeLessThan(1_000)
  })

  test.each([
    ['sum(i = 1..200, sum(j = 1..200, i*j))', 8, 6],
    ['2 * sum(k = 1..20001, sum(a = 1..20001, 1))', 12, 8],
    [`sum(k = 1..20001, ${'-'.repeat(1)}${'sum(a=1..1, '.repeat(1)}${'k+'.repeat(5)}k))`, 8, 8],
  ])('%s together with others is refused at the outermost', (source, position, length) => {
    expect(limitErrorOf(source)).toMatchObject({ code: 'RANGE_TOO_LONG', position, length })
  })

  test.each([
    // Of several ranges the one that made most, with its own count where that is too much already.
    ['sum(a = 1..9, a) + sum(i = 1..200, sum(j = 1..200, i*j))', 27, 6, 'Shorten the range: it makes', 9_993],
    ['sum(i = 1..3300, 1+1+1) + sum(j = 1..800, j) + sum(k = 1..2, k)', 8, 7, 'Shorten the range: it makes', 9_899],
    ['sum(k = 1..2, k) + sum(i = 1..4000, 1+1+1) + sum(j = 1..9, j)', 27, 7, 'Shorten the range: it makes', 11_999],
    ['sum(a = 1..3000, a) + sum(b = 1..4000, b) + sum(c = 1..3500, c+1)', 30, 7, 'Shorten the ranges: with', 10_001],
    ['sum(a = 1..900, a) + sum(i = 1..4900, i+1+1)', 29, 7, 'Shorten the range: it makes', 9_102],
  ])('%s points at what made it so long', (source, position, length, message, actual) => {
    const error = limitErrorOf(source, asWritten)
    expect(error).toMatchObject({ code: 'RANGE_TOO_LONG', position, length, actual, limit: limits.maxOperations })
    expect(error.message).toContain(message)
    expect(error.message).toContain(` ${actual} operations or more, and at most 5000 are allowed.`)
  })

  test('points at the one that is gone through too often, though it makes few operations', () => {
    const source = `sum(k = 1..3600, ${'-('.repeat(20)}k${')'.repeat(20)}) + sum(a = 1..1000, a)`
    expect(limitErrorOf(source)).toMatchObject({ code: 'RANGE_TOO_LONG', position: 8, length: 7 })
  })

  test('counts what is computed: equal operations once', () => {
    const few = { ...limits, maxOperations: 10 }
    expect(planOf('sum(k = 1..11, 1/3)', { limits: few }).tasks.length).toBeLessThan(10)
    expect(limitErrorOf('sum(k = 1..11, 1/k)', { limits: few })).toMatchObject({
      code: 'TOO_MANY_OPERATIONS',
      actual: 21,
    })
    expect(limitErrorOf('sum(k = 1..7, 1/k)', { limits: few })).toMatchObject({
      code: 'TOO_MANY_OPERATIONS',
      actual: 13,
    })
  })

  test('counts the digits of numbers as often as they are written out', () => {
    expect(limitErrorOf('sum(k = 1..20, 1e9000+k)')).toMatchObject({ code: 'TOO_MANY_DIGITS', position: 15, length: 6 })
    expect(limitErrorOf('x = 1e9000; sum(k = 1..20, x+k)')).toMatchObject({
      code: 'TOO_MANY_DIGITS',
      position: 27,
      length: 1,
    })
  })

  test('counts no digits of what is computed', () => {
    const twelve = Array.from({ length: 12 }, (_, index) => `x*${index + 1}`).join('+')
    expect(planOf(`x = sum(k = 1..2, 1e9000); ${twelve}`).tasks).toHaveLength(24)
    expect(planOf(`x = -product(k = 1..3, 1e3000); ${twelve}`).tasks.length).toBeGreaterThan(24)
    expect(limitErrorOf(`x = sum(k = 1..1, 1e9000); ${twelve}`).code).toBe('TOO_MANY_DIGITS')
    const few = { ...limits, maxTotalDigits: 8 }
    expect(planOf('sum(k = -2..-1, k*k)', { limits: few }).tasks).toHaveLength(3)
  })
})
