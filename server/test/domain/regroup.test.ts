import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minimaxOrder } from '../../src/domain/plan/minimax-tree.ts'
import type { OperationDurations } from '../../src/domain/operation.ts'
import { criticalPathMs, depth } from '../../src/domain/plan/plan-analysis.ts'
import type { Operand, Plan } from '../../src/domain/plan/plan.ts'
import { printGrouped } from '../../src/domain/plan/print-plan.ts'
import { isRegrouped, limits, planOf, second, wideLimits } from './support/compiling.ts'
import { write, writtenTree, type WrittenTree } from './support/written-tree.ts'

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
  ])('%s is computed as %s', (source, grouped) => {
    expect(isRegrouped(source)).toBe(true)
    expect(printGrouped(planOf(source))).toBe(grouped)
  })

  test.each([
    '1',
    '1+2',
    '1+2+3',
    '1-2-3-4',
    '8/4/2/1',
    '2^3^2^1',
    '1-2+3',
    '1+2-3+4',
    '2*3^4*5',
    '1+2+3*4',
    '1+-(2+3)+4',
  ])('%s stays as it is written', (source) => {
    expect(isRegrouped(source)).toBe(false)
    expect(planOf(source)).toEqual(planOf(source, { regroup: false }))
  })

  test('leaves alone a chain that something longer hides', () => {
    expect(isRegrouped('(1+2+3+4)/(2-1-1-1-1)')).toBe(false)
  })

  test('gains nothing where operations take no time', () => {
    expect(isRegrouped('1+2+3+4', { durations: { ...second, ADD: 0 } })).toBe(false)
    expect(isRegrouped('1*2*3*4+1', { durations: { ...second, ADD: 0 } })).toBe(true)
  })

  test('follows the durations', () => {
    const slowProduct = { ...second, MULTIPLY: 60_000 }
    const source = '1*2+3+4+5+6+7+8'
    expect(printGrouped(planOf(source, { durations: second }))).toBe('(1*2+(3+4))+((5+6)+(7+8))')
    expect(criticalPathMs(planOf(source, { durations: slowProduct }), slowProduct)).toBe(61_000)
  })

  test('leaves each operator between the operands between which it stands', () => {
    expect(planOf('1+(2 + 3) + 4').tasks.map(({ span }) => span.position)).toEqual([1, 10, 5])
  })

  test('balances a long chain', () => {
    const terms = Array.from({ length: 4096 }, (_, index) => index).join('+')
    const plan = planOf(terms, { limits: wideLimits })
    expect(depth(plan)).toBe(12)
    expect(plan.tasks).toHaveLength(4095)
  })

  test('keeps the tasks and the order of their operands, and never lengthens the critical path', () => {
    fc.assert(
      fc.property(writtenTree(['+', '+', '+', '-', '*', '*', '/']), durations, (tree, durations) => {
        const source = write(tree)
        const regrouped = planOf(source, { durations })
        const asWritten = planOf(source, { durations, regroup: false })
        expect(inOrder(regrouped)).toEqual(inOrder(asWritten))
        const gain = criticalPathMs(asWritten, durations) - criticalPathMs(regrouped, durations)
        expect(gain).toBeGreaterThanOrEqual(0)
        expect(gain > 0).toBe(isRegrouped(source, { durations }))
      }),
      { numRuns: 1000 },
    )
  })

  test('finds the shortest critical path there is', () => {
    fc.assert(
      fc.property(writtenTree(['+', '+', '+', '+', '*', '-'], 6), durations, (tree, durations) => {
        expect(criticalPathMs(planOf(write(tree), { durations, limits }), durations)).toBe(shortest(tree, durations))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the minimax tree', () => {
  const small = fc.oneof(fc.nat(12), fc.nat(70_000))

  test('ends as early as trying everything does', () => {
    fc.assert(
      fc.property(
        fc.array(small, { minLength: 2, maxLength: 12 }),
        fc.oneof(fc.nat(4), fc.nat(65_535)),
        (readyAt, joinMs) => {
          const asWritten = readyAt.reduce((end, ready) => Math.max(end, ready) + joinMs)
          const order = minimaxOrder(readyAt, joinMs, asWritten)
          const best = bestByTrying(readyAt, joinMs)
          if (order === null) expect(best).toBe(asWritten)
          else expect(endOf(order, readyAt, joinMs)).toBe(best)
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('is found soon for a long chain of very different operands', () => {
    const readyAt = Array.from({ length: 100_000 }, (_, index) => (index * 7_919) % 1_000_003)
    const start = performance.now()
    expect(minimaxOrder(readyAt, 1000, 100_000 * 1000)).toHaveLength(99_999)
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})

const duration = fc.oneof(fc.nat(5), fc.nat(65_535))
const durations: fc.Arbitrary<OperationDurations> = fc.record({
  ADD: duration,
  SUBTRACT: duration,
  MULTIPLY: duration,
  DIVIDE: duration,
  POWER: duration,
})

/** Numbers and operators from left to right, which regrouping must not change. */
function inOrder({ tasks, root }: Plan): string[] {
  const read = (operand: Operand): string[] => {
    if ('literal' in operand) return [operand.literal]
    const task = tasks[operand.task]
    if (task === undefined) throw new Error('no such task')
    const operator = `${task.operation}@${task.span.position}`
    const inner = [...read(task.left), operator, ...read(task.right)]
    return operand.negated ? ['-(', ...inner, ')'] : inner
  }
  return read(root)
}

/** By dynamic programming over all ways to put parentheses round neighbours. */
function bestByTrying(readyAt: readonly number[], joinMs: number): number {
  const memo = new Map<string, number>()
  const best = (from: number, to: number): number => {
    if (from === to) return readyAt[from] ?? NaN
    const key = `${from} ${to}`
    const known = memo.get(key)
    if (known !== undefined) return known
    let end = Infinity
    for (let middle = from; middle < to; middle += 1) {
      end = Math.min(end, Math.max(best(from, middle), best(middle + 1, to)) + joinMs)
    }
    memo.set(key, end)
    return end
  }
  return best(0, readyAt.length - 1)
}

function endOf(order: readonly number[], readyAt: readonly number[], joinMs: number): number {
  let trees = readyAt.map((end, index) => ({ first: index, last: index, end }))
  for (const gap of order) {
    const left = trees.find(({ last }) => last === gap)
    const right = trees.find(({ first }) => first === gap + 1)
    if (left === undefined || right === undefined) throw new Error(`gap ${gap} is closed already`)
    const joined = { first: left.first, last: right.last, end: Math.max(left.end, right.end) + joinMs }
    trees = [...trees.filter((tree) => tree !== left && tree !== right), joined]
  }
  expect(trees).toHaveLength(1)
  return trees[0]?.end ?? NaN
}

/** The shortest critical path of a written tree, by trying all groupings of every chain of + or of *. */
function shortest(tree: WrittenTree, durations: OperationDurations): number {
  if (tree.kind === 'number') return 0
  if (tree.kind === 'sign') return shortest(tree.operand, durations)
  if (tree.symbol === '-') {
    return Math.max(shortest(tree.left, durations), shortest(tree.right, durations)) + durations.SUBTRACT
  }
  const terms = (written: WrittenTree): WrittenTree[] => {
    const part = behindSigns(written)
    return part.kind === 'binary' && part.symbol === tree.symbol ? [...terms(part.left), ...terms(part.right)] : [part]
  }
  const readyAt = terms(tree).map((term) => shortest(term, durations))
  return bestByTrying(readyAt, tree.symbol === '+' ? durations.ADD : durations.MULTIPLY)
}

/** What stands behind signs that cancel: a unary plus leaves no trace, nor does an even number of minuses. */
function behindSigns(tree: WrittenTree): WrittenTree {
  let minuses = 0
  let part = tree
  while (part.kind === 'sign') {
    minuses += part.isMinus ? 1 : 0
    part = part.operand
  }
  return minuses % 2 === 0 ? part : tree
}
