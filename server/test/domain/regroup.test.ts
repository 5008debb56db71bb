import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { operatorNames, type OperationDurations } from '../../src/domain/operation.ts'
import { criticalPathMs, depth } from '../../src/domain/plan/plan-analysis.ts'
import { spanOf, type Plan } from '../../src/domain/plan/plan.ts'
import { printGrouped } from '../../src/domain/plan/print-plan.ts'
import { durationsOf, isRegrouped, planOf, second, wideLimits } from './support/compiling.ts'
import { evaluatePlan } from './support/evaluate-plan.ts'
import { write, writtenTree } from './support/written-tree.ts'

const alike = (ms: number): OperationDurations => new Map(operatorNames.map((name) => [name, ms]))
/** `1-2+3-4…`: the numbers from 1 on, with these operators between them in turn. */
const row = (count: number, ...operators: readonly string[]): string =>
  Array.from({ length: count }, (_, i) => (i === 0 ? '1' : `${operators[(i - 1) % operators.length]}${i + 1}`)).join('')

describe('the critical path', () => {
  test.each([
    [row(16, '-').replace('1', '1000'), 4500, 1200],
    [row(16, '-', '+'), 4500, 1200],
    [row(16, '/', '*'), 4500, 1200],
    [`1/${row(15, '/')}`, 4500, 1200],
    ['1-(2-(3-(4-(5-(6-(7-8))))))', 2100, 900],
    ['1+2+-(3+4+5+6)+7+8', 1800, 900],
    ['-(1+2)-(3+4)-5', 900, 900],
    ['1-(2-3)-(4-5)-(6-7)-8', 1500, 900],
    ['2*-(3*-(4*5))/(6/7)', 1200, 900],
  ])('of %s at 300 ms falls from %i to %i ms', (source, before, after) => {
    const durations = alike(300)
    expect(criticalPathMs(planOf(source, { durations, regroup: false }), durations)).toBe(before)
    expect(criticalPathMs(planOf(source, { durations }), durations)).toBe(after)
  })

  test('is as long as its slowest operand, to which the rest is joined at the end', () => {
    const durations = new Map([...alike(100), ['^', 1000]])
    expect(criticalPathMs(planOf('1+2^3+3+4*5+6+7/8+9+10', { durations }), durations)).toBe(1100)
  })

  test.each([
    [row(5000, '-'), 4_999_000, 13_000],
    [row(4096, '+'), 4_095_000, 12_000],
    [row(4096, '/'), 4_095_000, 12_000],
  ])('of a long row falls to its logarithm', (source, before, after) => {
    const options = { limits: wideLimits, durations: second }
    expect(criticalPathMs(planOf(source, { ...options, regroup: false }), second)).toBe(before)
    expect(criticalPathMs(planOf(source, options), second)).toBe(after)
  })
})

describe('regrouping', () => {
  test.each([
    ['1+2+3+4', '(1+2)+(3+4)'],
    ['1*2*3*4', '(1*2)*(3*4)'],
    ['1+(2+(3+4))', '(1+2)+(3+4)'],
    ['((1+2)+3)+4+5', '(1+2)+(3+4)+5'],
    ['2*3+4+5', '2*3+(4+5)'],
    ['1+2+3*4*5*6', '1+2+(3*4)*(5*6)'],
    ['(1+2+3+4)-5', '(1+2)+(3+4)-5'],
    ['-(1+2+3+4)', '-((1+2)+(3+4))'],
    ['1-2-3-4', '1-2-(3+4)'],
    ['1-2+3-4', '1-2+(3-4)'],
    ['8/4/2/1', '8/4/(2*1)'],
    ['8/(4/2)/3', '8/4*(2/3)'],
    ['1+2*3+4+5*6*7', '1+4+2*3+5*6*7'],
    ['2*3^4*5', '2*5*3^4'],
    ['(1-2)*3/(4-6)/5*6', '(1-2)*3*(6/5/(4-6))'],
  ])('%s is computed as %s', (source, grouped) => {
    expect(isRegrouped(source)).toBe(true)
    expect(printGrouped(planOf(source))).toBe(grouped)
  })

  test.each(['1', '1+2', '1+2+3', '8/4/2', '2^3^2^1', '1-2+3', '1+2+3*4', '1/2/(3+4)'])(
    '%s stays as it is written',
    (source) => {
      expect(isRegrouped(source)).toBe(false)
      expect(planOf(source)).toEqual(planOf(source, { regroup: false }))
    },
  )

  test('leaves alone a chain that something longer hides', () => {
    expect(isRegrouped('(1+2+3+4)/(2^1^1^1^1)')).toBe(false)
  })

  test('gains nothing where operations take no time', () => {
    expect(isRegrouped('1+2+3+4', { durations: new Map([...second, ['+', 0]]) })).toBe(false)
    expect(isRegrouped('1*2*3*4+1', { durations: new Map([...second, ['+', 0]]) })).toBe(true)
  })

  test('follows the durations', () => {
    const slowProduct = new Map([...second, ['*', 60_000]])
    const source = '1*2+3+4+5+6+7+8'
    expect(printGrouped(planOf(source, { durations: second }))).toBe('(1*2+(3+4))+((5+6)+(7+8))')
    expect(criticalPathMs(planOf(source, { durations: slowProduct }), slowProduct)).toBe(61_000)
  })

  test('adds what is to be subtracted where that is faster, and the other way round', () => {
    expect(printGrouped(planOf('9-1-2', { durations: new Map([...second, ['-', 5000]]) }))).toBe('9+(-1)+(-2)')
    expect(printGrouped(planOf('9+1+2', { durations: new Map([...second, ['+', 5000]]) }))).toBe('9-(-1)-(-2)')
  })

  test('does not reach across a divisor that may be zero', () => {
    // Too long to be worked out beforehand, so that nobody knows whether it is zero.
    const divisor = '(3^200-3^201)'
    expect(isRegrouped(`1/${divisor}/(2/3)`)).toBe(false)
    expect(isRegrouped(`1/(2/${divisor})/3`)).toBe(false)
    expect(isRegrouped('1/3/(2/(5/3^200))')).toBe(true)
  })

  test('leaves each operator between the operands between which it stands, as long as neighbours are joined', () => {
    expect(planOf('1+(2 + 3) + 4').tasks.map((task) => spanOf(task).position)).toEqual([1, 10, 5])
  })

  test('keeps value and number of operations, takes each operator once and never lengthens the critical path', () => {
    fc.assert(
      fc.property(writtenTree(['+', '+', '-', '-', '*', '*', '/', '/']), durations, (tree, durations) => {
        const source = write(tree)
        const regrouped = planOf(source, { durations })
        const asWritten = planOf(source, { durations, regroup: false })
        expect(evaluatePlan(regrouped)).toBe(evaluatePlan(asWritten))
        expect(operators(regrouped)).toEqual(operators(asWritten))
        expect(isInOrder(regrouped)).toBe(true)
        const gain = criticalPathMs(asWritten, durations) - criticalPathMs(regrouped, durations)
        expect(gain).toBeGreaterThanOrEqual(0)
        expect(gain > 0).toBe(isRegrouped(source, { durations }))
      }),
      { numRuns: 1000 },
    )
  })

  test('balances a long chain', () => {
    const plan = planOf(row(4096, '+'), { limits: wideLimits })
    expect(depth(plan)).toBe(12)
    expect(plan.tasks).toHaveLength(4095)
  })
})

const duration = fc.oneof(fc.nat(5), fc.nat(65_535))
const durations: fc.Arbitrary<OperationDurations> = fc
  .record({ '+': duration, '-': duration, '*': duration, '/': duration, '^': duration })
  .map(durationsOf)

const operators = ({ tasks }: Plan): number[] => tasks.map((task) => spanOf(task).position).sort((a, b) => a - b)

/** Children before parents, the root last, and each task taken by one other. */
function isInOrder({ tasks, root }: Plan): boolean {
  const taken = new Set<number>()
  const take = (operand: Plan['root'], end: number): boolean => {
    if ('literal' in operand) return true
    const isNew = operand.task < end && !taken.has(operand.task)
    taken.add(operand.task)
    return isNew
  }
  const isEachInOrder = tasks.every(({ operands }, index) => operands.every((operand) => take(operand, index)))
  return isEachInOrder && take(root, tasks.length) && taken.size === tasks.length
}
