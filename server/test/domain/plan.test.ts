import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { criticalPathMs, depth, remainingPathMs, totalDurationMs } from '../../src/domain/plan/plan-analysis.ts'
import { decodePlan, encodePlan } from '../../src/domain/plan/plan-codec.ts'
import { valueOfLiteral } from '../../src/domain/expression/literal.ts'
import type { Operand, Plan } from '../../src/domain/plan/plan.ts'
import { printGrouped } from '../../src/domain/plan/print-plan.ts'
import { TaskGraph } from '../../src/domain/tasks/task-graph.ts'
import { planOf, wideLimits } from './support/compiling.ts'
import { evaluatePlan } from './support/evaluate-plan.ts'
import { write, writtenTree } from './support/written-tree.ts'

const durations = { ADD: 10, SUBTRACT: 20, MULTIPLY: 300, DIVIDE: 4000, POWER: 50_000 }
const asWritten = { regroup: false }
const tree = writtenTree(['+', '+', '-', '*', '*', '/', '^'])

describe('analysis', () => {
  test('of a lone number is nothing', () => {
    const plan = planOf('-7')
    expect([criticalPathMs(plan, durations), depth(plan), totalDurationMs(plan, durations)]).toEqual([0, 0, 0])
    expect(remainingPathMs(plan, durations)).toEqual([])
  })

  test('of an expression', () => {
    const plan = planOf('(1+2)*3-4/(5-6)^7', asWritten)
    expect(plan.tasks.map(({ operation }) => operation)).toEqual([
      ...['ADD', 'MULTIPLY', 'SUBTRACT', 'POWER', 'DIVIDE', 'SUBTRACT'],
    ])
    expect(remainingPathMs(plan, durations)).toEqual([330, 320, 54_040, 54_020, 4020, 20])
    expect(criticalPathMs(plan, durations)).toBe(54_040)
    expect(totalDurationMs(plan, durations)).toBe(54_350)
    expect(depth(plan)).toBe(4)
  })

  test('agrees with itself: the critical path is the longest that remains', () => {
    fc.assert(
      fc.property(tree, (tree) => {
        const plan = planOf(write(tree))
        expect(criticalPathMs(plan, durations)).toBe(Math.max(0, ...remainingPathMs(plan, durations)))
      }),
    )
  })
})

describe('printGrouped', () => {
  test.each([
    ['1+2+3', '1+2+3'],
    ['(1+2)+(3+4)', '(1+2)+(3+4)'],
    ['1+(2+3)', '1+(2+3)'],
    ['1-(2-3)', '1-(2-3)'],
    ['(1-2)-3', '1-2-3'],
    ['1+2-(3+4)', '1+2-(3+4)'],
    ['(1*2)/(3*4)', '1*2/(3*4)'],
    ['(1+2)*3', '(1+2)*3'],
    ['1+(2*3)', '1+2*3'],
    ['(2^3)^2', '(2^3)^2'],
    ['2^(3^2)', '2^3^2'],
    ['2^(1+2)', '2^(1+2)'],
    ['-2^2', '-2^2'],
    ['(-2)^2', '(-2)^2'],
    ['2^(-1)', '2^-1'],
    ['2^-(1+2)', '2^-(1+2)'],
    ['(-2)*3', '-2*3'],
    ['2*-3', '2*(-3)'],
    ['1--2', '1-(-2)'],
    ['-(2*3)', '-(2*3)'],
    ['-(2*3)*4', '-(2*3)*4'],
    ['-(2^3)*4', '-2^3*4'],
    ['(-(2^3))^4', '(-2^3)^4'],
    ['--(1+2)', '1+2'],
    ['1.50+.5', '1.50+.5'],
    ['1e20+10E+20', '1e20+10E+20'],
    ['1.25e-30*-5e-3', '1.25e-30*(-5e-3)'],
    ['-0', '0'],
    ['2 × 3 ÷ 4 − 5', '2*3/4-5'],
  ])('%s is %s', (source, printed) => {
    expect(printGrouped(planOf(source, asWritten))).toBe(printed)
  })

  test('shows a plan that, read as written, is the same', () => {
    fc.assert(
      fc.property(tree, fc.boolean(), (tree, regroup) => {
        const plan = planOf(write(tree), { regroup })
        const printed = printGrouped(plan)
        const again = planOf(printed, asWritten)
        expect(evaluatePlan(again)).toBe(evaluatePlan(plan))
        expect(nested(again)).toEqual(nested(plan))
      }),
      { numRuns: 1000 },
    )
  })

  test('shows a number that no decimal gives as a fraction', () => {
    expect(printGrouped({ tasks: [], root: { literal: '-1/3' } })).toBe('-(1/3)')
  })
})

describe('a stored plan', () => {
  test('is compact', () => {
    expect(encodePlan(planOf('-(1+2)*3.5'))).toEqual({
      tasks: [
        ['+', '1', '2', 3, 1],
        ['*', ~0, '3.5', 6, 1],
      ],
      root: 1,
    })
    expect(encodePlan(planOf('-(1+2)')).root).toBe(~0)
    expect(encodePlan(planOf('-3'))).toEqual({ tasks: [], root: '-3' })
  })

  test('comes back as it was', () => {
    fc.assert(
      fc.property(tree, (tree) => {
        const plan = planOf(write(tree))
        expect(decodePlan(JSON.parse(JSON.stringify(encodePlan(plan))))).toEqual(plan)
      }),
    )
  })

  test('of a number that is short to write is as short', () => {
    const source = Array<string>(1_428).fill('1e9999').join('+')
    const stored = JSON.stringify(encodePlan(planOf(source, { limits: wideLimits })))
    expect(stored.length).toBeLessThan(6 * source.length)
  })

  test('of an earlier version, which has values in place of what is written, is the same expression', () => {
    fc.assert(
      fc.property(tree, (tree) => {
        const plan = planOf(write(tree))
        const earlier = decodePlan(JSON.parse(JSON.stringify(encodePlan(withValues(plan)))))
        expect(earlier).toEqual(withValues(plan))
        expect(evaluatePlan(earlier)).toBe(evaluatePlan(plan))
        expect(nested(earlier)).toEqual(nested(plan))
        expect(nested(planOf(printGrouped(earlier), asWritten))).toEqual(nested(plan))
        const [now, then] = [plan, earlier].map((one) => new TaskGraph(one, [], 0))
        for (const task of now?.ready() ?? []) expect(then?.operands(task)).toEqual(now?.operands(task))
      }),
    )
  })

  test('of an earlier version is read as it stands in a database', () => {
    const stored = `{"tasks":[["+","-3/2","1${'0'.repeat(40)}",4,1],["*",-1,"0",60,1]],"root":-2}`
    const plan = decodePlan(JSON.parse(stored))
    expect(new TaskGraph(plan, [], 0).operands(0)).toEqual({ left: '-3/2', right: `1${'0'.repeat(40)}` })
    expect(printGrouped(plan)).toBe('-(-(-1.5+1e40)*0)')
    expect(JSON.stringify(encodePlan(plan))).toBe(stored)
  })

  test.each([
    [null],
    [{}],
    [{ tasks: [] }],
    [{ tasks: [], root: 0 }],
    [{ tasks: [], root: -1 }],
    [{ tasks: [['+', '1', '2', 1, 1]], root: 0.5 }],
    [{ tasks: [['+', '1', 0, 1, 1]], root: 0 }],
    [{ tasks: [['%', '1', '2', 1, 1]], root: 0 }],
    [{ tasks: [['+', '1', '2', 1]], root: 0 }],
    [{ tasks: [['+', '1', null, 1, 1]], root: 0 }],
    [{ tasks: ['+'], root: 0 }],
  ])('is refused when damaged: %j', (stored) => {
    expect(() => decodePlan(stored)).toThrow(TypeError)
  })
})

/** The plan as earlier versions had it. */
function withValues({ tasks, root }: Plan): Plan {
  const valued = (operand: Operand): Operand =>
    'literal' in operand ? { literal: valueOfLiteral(operand.literal) } : operand
  return {
    tasks: tasks.map((task) => ({ ...task, left: valued(task.left), right: valued(task.right) })),
    root: valued(root),
  }
}

/** The tree that a plan is, without the places of its operators and the order of its tasks. */
function nested({ tasks, root }: Plan): unknown {
  const trees: unknown[] = []
  const treeOf = (operand: Plan['root']): unknown =>
    'literal' in operand
      ? valueOfLiteral(operand.literal)
      : { negated: operand.negated, ...(trees[operand.task] as object) }
  for (const { operation, left, right } of tasks) {
    trees.push({ operation, left: treeOf(left), right: treeOf(right) })
  }
  return treeOf(root)
}
