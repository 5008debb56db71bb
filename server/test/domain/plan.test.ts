import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { criticalPathMs, depth, remainingPathMs, totalDurationMs } from '../../src/domain/plan/plan-analysis.ts'
import { decodePlan, encodePlan } from '../../src/domain/plan/plan-codec.ts'
import { valueOfLiteral } from '../../src/domain/expression/literal.ts'
import type { Operand, Plan } from '../../src/domain/plan/plan.ts'
import { printGrouped } from '../../src/domain/plan/print-plan.ts'
import { TaskGraph } from '../../src/domain/tasks/task-graph.ts'
import { durationsOf, planOf, wideLimits } from './support/compiling.ts'
import { evaluatePlan } from './support/evaluate-plan.ts'
import { write, writtenTree } from './support/written-tree.ts'

const durations = durationsOf({ '+': 10, '-': 20, '*': 300, '/': 4000, '^': 50_000 })
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
    expect(plan.tasks.map(({ operation }) => operation)).toEqual(['+', '*', '-', '^', '/', '-'])
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

/** x = 1+2; y = x*x; max(x, -y, 5) - y */
const shared: Plan = {
  tasks: [
    { operation: '+', operands: [{ literal: '1' }, { literal: '2' }], spans: [{ position: 5, length: 1 }] },
    {
      operation: '*',
      operands: [
        { task: 0, negated: false },
        { task: 0, negated: false },
      ],
      spans: [{ position: 14, length: 1 }],
    },
    {
      operation: 'max',
      operands: [{ task: 0, negated: false }, { task: 1, negated: true }, { literal: '5' }],
      spans: [{ position: 18, length: 3 }],
    },
    {
      operation: '-',
      operands: [
        { task: 2, negated: false },
        { task: 1, negated: false },
      ],
      spans: [{ position: 34, length: 1 }],
    },
  ],
  root: { task: 3, negated: false },
}

describe('what is used in several places', () => {
  test('waits for the longest of all ways to the end', () => {
    const times = durationsOf({ '+': 1, '*': 10, max: 100, '-': 1000 })
    expect(remainingPathMs(shared, times)).toEqual([1111, 1110, 1100, 1000])
    expect([criticalPathMs(shared, times), depth(shared), totalDurationMs(shared, times)]).toEqual([1111, 4, 1111])
  })

  test('is printed once, with a name', () => {
    expect(printGrouped(shared)).toBe('t1 = 1+2; t2 = t1*t1; max(t1, -t2, 5)-t2')
  })

  test('takes no longer to print than it is long, however often it doubles', () => {
    const tasks = Array.from({ length: 200 }, (_, index) => ({
      operation: '+',
      operands: Array<Operand>(2).fill(index === 0 ? { literal: '1' } : { task: index - 1, negated: false }),
      spans: [{ position: index, length: 1 }],
    }))
    expect(printGrouped({ tasks, root: { task: 199, negated: false } }).length).toBeLessThan(5_000)
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
    expect(new TaskGraph(plan, [], 0).operands(0)).toEqual(['-3/2', `1${'0'.repeat(40)}`])
    expect(printGrouped(plan)).toBe('-(-(-1.5+1e40)*0)')
    expect(JSON.stringify(encodePlan(plan))).toBe(stored)
  })

  test('has lists where a task has not two operands, or stands in several places', () => {
    const stored = '{"tasks":[["gcd",["12","18","24"],[0,3,20,3]],["abs",[-1],[9,3]],["*",[0,1],[4,1,7,1]]],"root":2}'
    const plan = decodePlan(JSON.parse(stored))
    expect(plan.tasks.map(({ operands }) => operands.length)).toEqual([3, 1, 2])
    expect(plan.tasks[0]?.spans).toEqual([
      { position: 0, length: 3 },
      { position: 20, length: 3 },
    ])
    expect(plan.tasks[1]?.operands).toEqual([{ task: 0, negated: true }])
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
    [{ tasks: [['gcd', [], [1, 3]]], root: 0 }],
    [{ tasks: [['gcd', ['1'], []]], root: 0 }],
    [{ tasks: [['gcd', ['1'], [1, 3, 4]]], root: 0 }],
    [{ tasks: [['gcd', [0], [1, 3]]], root: 0 }],
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
    tasks: tasks.map((task) => ({ ...task, operands: task.operands.map(valued) })),
    root: valued(root),
  }
}

/** The tree that a plan is, without the places of its operators, the order of its tasks, and that of operands where it means nothing. */
function nested({ tasks, root }: Plan): unknown {
  const trees: unknown[] = []
  const treeOf = (operand: Plan['root']): unknown =>
    'literal' in operand
      ? valueOfLiteral(operand.literal)
      : { negated: operand.negated, ...(trees[operand.task] as object) }
  for (const { operation, operands } of tasks) {
    const below = operands.map(treeOf)
    if (operation === '+' || operation === '*') below.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    trees.push({ operation, operands: below })
  }
  return treeOf(root)
}
