import { describe, expect, test } from 'vitest'
import { compile } from '../../src/domain/plan/compile.ts'
import { decodePlan, encodePlan } from '../../src/domain/plan/plan-codec.ts'
import { criticalPathMs, depth, remainingPathMs } from '../../src/domain/plan/plan-analysis.ts'
import { printGrouped } from '../../src/domain/plan/print-plan.ts'
import { limitErrorOf, limits, planOf, second, syntaxErrorOf, wideLimits } from './support/compiling.ts'
import { processorMs } from '../support/processor-ms.ts'

const small = { maxSourceLength: 30, maxOperations: 2, maxDigits: 5, maxTotalDigits: 12 }

describe('limits', () => {
  test('of the length come first', () => {
    expect(limitErrorOf('$'.repeat(31), { limits: small })).toEqual({
      code: 'SOURCE_TOO_LONG',
      message: 'Shorten the expression: it has 31 characters, and at most 30 are allowed.',
      position: 30,
      length: 1,
      limit: 30,
      actual: 31,
    })
    expect(syntaxErrorOf('$'.repeat(30), { limits: small }).code).toBe('UNKNOWN_CHARACTER')
  })

  test('of operations count no signs, and name the first operator beyond', () => {
    expect(planOf('-1+-2*--3', { limits: small }).tasks).toHaveLength(2)
    expect(limitErrorOf('1+(2*3**4-5)', { limits: small })).toMatchObject({
      code: 'TOO_MANY_OPERATIONS',
      position: 6,
      length: 2,
      limit: 2,
      actual: 4,
    })
  })

  test.each([
    ['1+123456', 2, 6, 6],
    ['1e5', 0, 3, 6],
    ['1e999999999', 0, 11, 1_000_000_000],
    ['1e99999999999999999999', 0, 22, 2_147_483_647],
    ['1e-99999999999999999999', 0, 23, 2_147_483_647],
    [`1e${'9'.repeat(20)}`, 0, 22, 2_147_483_647],
    ['0.00001', 0, 7, 6],
    ['1e-5', 0, 4, 6],
  ])('of digits: %s', (source, position, length, actual) => {
    expect(limitErrorOf(source, { limits: small })).toMatchObject({
      code: 'NUMBER_TOO_LONG',
      position,
      length,
      limit: 5,
      actual,
    })
  })

  test('of digits hold for the number, not for how it is written', () => {
    for (const source of ['0000012345', '1234500000e-5', '1e4', '0.00002', '0.00010', '1.00000000', '0e9999999']) {
      expect(planOf(source, { limits: small }).tasks).toEqual([])
    }
    expect(planOf('5e-10000').tasks).toEqual([])
  })

  test('of all digits together count numerators and denominators, and name the first number beyond', () => {
    expect(planOf('12345+1e4+.5', { limits: small }).tasks).toHaveLength(2)
    expect(limitErrorOf('12345+(1e4-.25)*7', { limits: { ...small, maxOperations: 9 } })).toEqual({
      code: 'TOO_MANY_DIGITS',
      message: 'Use fewer or shorter numbers: written out they have 13 digits together, and at most 12 are allowed.',
      position: 16,
      length: 1,
      limit: 12,
      actual: 13,
    })
    expect(limitErrorOf('1e9+9999999999999', { limits: small }).code).toBe('NUMBER_TOO_LONG')
  })

  test('of all digits together let an expression use numbers of any form and length, as long as there is no exponent', () => {
    const length = limits.maxSourceLength
    for (const part of ['1+', '.1+', '0.001-', '.5*', '123.456/', `${'9'.repeat(90)}.${'7'.repeat(90)}+`]) {
      const source = `${part.repeat(length)}`.slice(0, Math.floor((length - 1) / part.length) * part.length) + '1'
      expect(planOf(source, { regroup: false }).tasks.length).toBeGreaterThan(50)
    }
  })

  test('let a syntax error go first', () => {
    expect(syntaxErrorOf('1+1+1+1+1e99+').code).toBe('MISSING_OPERAND')
  })
})

describe('large and hostile sources', () => {
  const count = 10_000
  const allOf = (source: string) => {
    const options = { regroup: true, durations: second, limits: wideLimits }
    const result = compile(source, options)
    if (result.kind !== 'compiled') return result.kind
    const { plan } = result
    criticalPathMs(plan, second)
    depth(plan)
    remainingPathMs(plan, second)
    const restored = decodePlan(JSON.parse(JSON.stringify(encodePlan(plan))))
    return compile(printGrouped(restored), options).kind
  }

  test.each([
    ['nested parentheses', '('.repeat(count) + '1' + ')'.repeat(count)],
    ['nested sums to the right', '1+('.repeat(count) + '1' + ')'.repeat(count)],
    ['nested differences to the right', '1-('.repeat(count) + '1' + ')'.repeat(count)],
    ['nested differences to the left', '('.repeat(count) + '1' + '-1)'.repeat(count)],
    ['nested negated sums', '-(1+'.repeat(count) + '1' + ')'.repeat(count)],
    ['unary minuses', '-'.repeat(count) + '1'],
    ['unary minuses before a task', '-'.repeat(count) + '(1+2)'],
    ['a sum', '1+'.repeat(count) + '1'],
    ['a difference', '1-'.repeat(count) + '1'],
    ['a tower of powers', '1^'.repeat(count) + '1'],
    ['sums and products by turns', '1+2*'.repeat(count) + '1'],
    ['many long numbers', '2e-9999+'.repeat(1400) + '1'],
  ])('%s: compiled, analysed, stored, printed and compiled again', (_, source) => {
    expect(allOf(source)).toBe('compiled')
  })

  const length = 100_000
  const hostile = [
    ...[
      '(',
      ')',
      '-',
      '+',
      '1',
      '0',
      '.',
      ',',
      ' ',
      'x',
      'a',
      '²',
      '1+',
      '2(',
      '1 ',
      '1 000 ',
      ' 000',
      '1,234',
      ',234',
      '1e',
    ],
    ...['1e1', '.0', '0.', '1^', '1^-', '(1)', '1)', '\u0000', '😀', '[', '1e-99', '9e999/', '1+ '],
  ].map((part) => part.repeat(Math.ceil(length / part.length)))
  hostile.push(
    `1${' '.repeat(length)}x`,
    `1${' '.repeat(length)}2`,
    `0.${'0'.repeat(length)}1`,
    `1e${'9'.repeat(length)}`,
  )

  test.each(hostile.map((source) => [source.slice(0, 8), source]))(
    '%j repeated is read in linear time',
    (_, source) => {
      const took = processorMs(() => compile(source, { regroup: true, durations: second, limits: wideLimits }))
      // Linear reading takes some 0.1 s at most; quadratic reading of 100 000 characters takes over 10 s.
      expect(took).toBeLessThan(3_000)
    },
  )

  test.each(hostile.map((source) => [source.slice(0, 8), source]))('%j repeated is refused at once', (_, source) => {
    const took = processorMs(() => {
      expect(compile(source, { regroup: true, durations: second, limits }).kind).toBe('limit-exceeded')
    })
    // The first of them is compiled by functions that have never run; to read 100 000 characters takes no longer than that.
    expect(took).toBeLessThan(200)
  })
})
