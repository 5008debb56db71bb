import { expect, it } from 'vitest'
import { criticalPath } from '../src/features/expression/graph/critical-path.ts'
import { shapeOf } from '../src/features/expression/graph/graph-shape.ts'

const operand = (index: number) => ({ task: { index }, negated: false, value: null })
// 0: a sum, 1: a product, 2: the sum of both.
const shape = shapeOf([{ operands: [] }, { operands: [] }, { operands: [operand(0), operand(1)] }])
const durations = new Map([
  ['+', 1_000],
  ['*', 5_000],
])
const task = (operation: string, finishedAt: string | null = null) => ({ operation, startedAt: null, finishedAt })
const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`

it('follows the longest durations while nothing has finished', () => {
  expect(criticalPath(shape, [task('+'), task('*'), task('+')], durations)).toEqual([2, 1])
})

it('follows what is still to come, however long what has finished took', () => {
  expect(criticalPath(shape, [task('+'), task('*', at(9)), task('+')], durations)).toEqual([2, 0])
})

it('follows what came last once all have finished', () => {
  expect(criticalPath(shape, [task('+', at(7)), task('*', at(5)), task('+', at(8))], durations)).toEqual([2, 0])
})
