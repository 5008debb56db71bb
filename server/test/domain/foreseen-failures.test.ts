import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/domain/plan/compile.ts'
import { limits, second } from './support/compiling.ts'
import { evaluate, write, writtenTree } from './support/written-tree.ts'

function foreseen(source: string) {
  const result = compile(source, { regroup: true, durations: second, limits })
  if (result.kind !== 'compiled') throw new Error(`${source} is ${result.kind}`)
  return result.foreseen && `${result.foreseen.code} @${result.foreseen.position}`
}

describe('what is bound to fail is told before it is computed', () => {
  test.each([
    ['1/0', 'DIVISION_BY_ZERO @1'],
    ['1/0.00', 'DIVISION_BY_ZERO @1'],
    ['1/0e99', 'DIVISION_BY_ZERO @1'],
    ['(2*3)/0', 'DIVISION_BY_ZERO @5'],
    ['1/(2-2)', 'DIVISION_BY_ZERO @1'],
    ['1/(0*(9^99-9^99))', 'DIVISION_BY_ZERO @1'],
    ['1/(0.1+0.2-0.3)', 'DIVISION_BY_ZERO @1'],
    ['1/(2/(3-3))', 'DIVISION_BY_ZERO @4'],
    ['2^0.5', 'FRACTIONAL_EXPONENT @1'],
    ['2^-(1/3)', 'FRACTIONAL_EXPONENT @1'],
    ['2^0.12345678901234567890123', 'FRACTIONAL_EXPONENT @1'],
    ['0^-1', 'DIVISION_BY_ZERO @1'],
    ['(1-1)^(0-9^99)', 'DIVISION_BY_ZERO @5'],
    ['9^9^9', 'RESULT_TOO_LARGE @1'],
    ['0.5^99999', 'RESULT_TOO_LARGE @3'],
    ['2^0.5+1/0', 'FRACTIONAL_EXPONENT @1'],
    ['1/0+2^0.5', 'DIVISION_BY_ZERO @1'],
    // What takes a result that there is not is never computed.
    ['1/(0*2^0.5)', 'FRACTIONAL_EXPONENT @6'],
    ['1/(1/0-1/0)', 'DIVISION_BY_ZERO @4'],
    ['1/(2^200*0)', 'DIVISION_BY_ZERO @1'],
  ])('%s: %s', (source, failure) => {
    expect(foreseen(source)).toBe(failure)
  })

  test.each([
    '1',
    '1/2',
    '0/1',
    '0^0',
    '0^2',
    '1^99999',
    '(-1)^-99999',
    '10^9999',
    '2^(1/1)',
    '1/(9^99-9^98)',
    '1/1e-9999',
    // They fail, but nobody knows yet of what.
    '1/(0*factorial(-1))',
    'factorial(-1)^0.5',
    '1/(0*(9^9999*9^9999))',
    '1/(0/(factorial(3)-6))',
  ])('%s: nothing', (source) => {
    expect(foreseen(source)).toBeNull()
  })

  test('in messages that count from 1', () => {
    const result = compile('0^-1', { regroup: true, durations: second, limits })
    expect(result).toMatchObject({
      foreseen: { message: 'Division by zero: the operator ^ at position 2 raises 0 to a negative power.' },
    })
  })

  test('never of what has a value, and of all small numbers always', () => {
    fc.assert(
      fc.property(writtenTree(['+', '-', '*', '/', '/'], 3), (tree) => {
        expect(foreseen(write(tree)) !== null).toBe(evaluate(tree) === null)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('whether a number gets too long', () => {
  test.each(['1e-9000*1*1e9000*1e9000', '1*1e9999*10*0.1', '1e9999+1+2+3', '9^9000*2*3/(1/7^9000)'])(
    'does not depend on grouping: %s is computed as it is written',
    (source) => {
      expect(compile(source, { regroup: true, durations: second, limits })).toMatchObject({ regrouped: false })
    },
  )

  test.each(['1e-3000*1*1e3000*1e3000', '1e9000+1+2+3', '9^9000*2*3*4'])('is out of the question in %s', (source) => {
    expect(compile(source, { regroup: true, durations: second, limits })).toMatchObject({ regrouped: true })
  })
})
