import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { valueOfLiteral } from '../../src/domain/expression/literal.ts'
import { planOf } from './support/compiling.ts'
import { evaluatePlan } from './support/evaluate-plan.ts'
import { toText } from './support/rational.ts'
import { countOperations, evaluate, write, writtenTree } from './support/written-tree.ts'

describe('what an expression means', () => {
  test.each([
    ['2+2*2', '6'],
    ['(2+2)*2', '8'],
    ['8-3-2', '3'],
    ['8/4/2', '1'],
    ['8/4*2', '4'],
    ['2^3^2', '512'],
    ['(2^3)^2', '64'],
    ['-2^2', '-4'],
    ['(-2)^2', '4'],
    ['2^-1', '1/2'],
    ['2^-2^2', '1/16'],
    ['-2^-2', '-1/4'],
    ['2^+3', '8'],
    ['2**3', '8'],
    ['2**-1*4', '2'],
    ['-2*3', '-6'],
    ['10*-2', '-20'],
    ['2--2', '4'],
    ['2++2', '4'],
    ['2-+-2', '4'],
    ['- -2', '2'],
    ['--(1+2)', '3'],
    ['-(1+2)*2', '-6'],
    ['1/3*3', '1'],
    ['0.1+0.2', '3/10'],
    ['-0', '0'],
    ['0^0', '1'],
    ['3×4', '12'],
    ['3·4', '12'],
    ['12÷4', '3'],
    ['12⁄4', '3'],
    ['5−3', '2'],
    ['−5', '-5'],
    [' \t1\n+\u00a02 ', '3'],
    ['((((7))))', '7'],
  ])('%s is %s', (source, value) => {
    expect(evaluatePlan(planOf(source))).toBe(value)
  })

  test.each([
    ['12', '12'],
    ['1.5', '3/2'],
    ['.5', '1/2'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['2.5E-3', '1/400'],
    ['1.e2', '100'],
    ['.5e+1', '5'],
    ['007', '7'],
    ['0.000', '0'],
    ['1.500', '3/2'],
    ['1200e-2', '12'],
    ['1024e-1', '512/5'],
    ['0.125', '1/8'],
    ['0.0625e-1', '1/160'],
    ['0e999999999', '0'],
    ['0.0e-999999999999999999999', '0'],
    ['-(-(3))', '3'],
  ])('%s is the number %s, and no task', (source, value) => {
    const { tasks, root } = planOf(source)
    expect(tasks).toEqual([])
    expect('literal' in root && valueOfLiteral(root.literal)).toBe(value)
  })
})

describe('the plan', () => {
  test('has children before parents, signs in its numbers, and operators where they stand', () => {
    expect(planOf('-1 + (2 ** −3)')).toEqual({
      tasks: [
        { operation: '^', operands: [{ literal: '2' }, { literal: '-3' }], spans: [{ position: 8, length: 2 }] },
        {
          operation: '+',
          operands: [{ literal: '-1' }, { task: 0, negated: false }],
          spans: [{ position: 3, length: 1 }],
        },
      ],
      root: { task: 1, negated: false },
    })
  })

  test('marks an operand with a minus before it, and its root', () => {
    const { tasks, root } = planOf('-(3*-(1+2))')
    expect(tasks[1]?.operands[1]).toEqual({ task: 0, negated: true })
    expect(root).toEqual({ task: 1, negated: true })
  })

  test.each([true, false])('computes what was written (regroup: %s)', (regroup) => {
    fc.assert(
      fc.property(writtenTree(['+', '+', '-', '*', '*', '/', '^']), (tree) => {
        const plan = planOf(write(tree), { regroup })
        const value = evaluate(tree)
        expect(evaluatePlan(plan)).toBe(value === null ? null : toText(value))
        // Of equal operations one is computed, in all of their places.
        expect(plan.tasks.flatMap(({ spans }) => spans)).toHaveLength(countOperations(tree))
      }),
      { numRuns: 1000 },
    )
  })

  test('names each operator by its place in the source', () => {
    fc.assert(
      fc.property(writtenTree(['+', '-', '*', '/', '^']), (tree) => {
        const source = write(tree)
        const { tasks } = planOf(source, { regroup: false })
        const spellings = new Map(Object.entries({ '+': '+', '-': '-−', '*': '*×·', '/': '/÷⁄', '^': '^**' }))
        for (const { operation, spans } of tasks)
          for (const { position, length } of spans) {
            const text = source.slice(position, position + length)
            expect(text).not.toBe('')
            expect(spellings.get(operation)).toContain(text)
          }
        const positions = tasks.flatMap(({ spans }) => spans).map(({ position }) => position)
        expect(new Set(positions).size).toBe(positions.length)
      }),
    )
  })
})
