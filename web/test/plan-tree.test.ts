import { describe, expect, it } from 'vitest'
import { layOutTree, radius } from '../src/features/expressions/tree/lay-out.ts'
import { planNodes } from '../src/features/expressions/tree/plan-nodes.ts'

const number = (literal: string) => ({ literal, task: null, negated: false })
const result = (task: number, negated = false) => ({ literal: null, task, negated })

/** t = 2^64; (t+123456789012)*(-t-gcd(1, 2, 3)) */
const tasks = [
  { operation: '^', operands: [number('2'), number('64')] },
  { operation: '+', operands: [result(0), number('123456789012')] },
  { operation: 'gcd', operands: [number('1'), number('2'), number('3')] },
  { operation: '-', operands: [result(0, true), result(2)] },
  { operation: '*', operands: [result(1), result(3)] },
]

describe('what there is to draw of a plan', () => {
  it('is an operation once, however often its result is taken, and a number each time, as it is shown', () => {
    const { nodes, root } = planNodes(tasks, result(4))
    expect(root).toBe(4)
    expect(nodes.slice(0, 5).map(({ operation }) => operation)).toEqual(['^', '+', 'gcd', '-', '*'])
    expect(nodes[3]?.operands).toEqual([
      { node: 0, isNegative: true },
      { node: 2, isNegative: false },
    ])
    const numbers = nodes.filter(({ operation }) => operation === null).map(({ text }) => text)
    expect(numbers).toHaveLength(6)
    expect(numbers.filter((text) => text.length > 12)).toEqual([])
  })

  it('is the number alone where nothing is computed', () => {
    expect(planNodes([], number('-7'))).toMatchObject({ root: 0, nodes: [{ operation: null, text: '−7' }] })
  })
})

/** t = 1+2; t*(3+(4+t)): what is taken by two, one of them further down. */
const uneven = [
  { operation: '+', operands: [number('1'), number('2')] },
  { operation: '+', operands: [number('4'), result(0)] },
  { operation: '+', operands: [number('3'), result(1)] },
  { operation: '*', operands: [result(0), result(2)] },
]

/** t = 2^64; (t+1)*(t-1): two over the same. */
const close = [
  { operation: '^', operands: [number('2'), number('64')] },
  { operation: '+', operands: [result(0), number('1')] },
  { operation: '-', operands: [result(0), number('1')] },
  { operation: '*', operands: [result(1), result(2)] },
]

describe('its tree', () => {
  it.each([
    ['with a minus', tasks],
    ['of uneven depth', uneven],
    ['of two over the same', close],
  ])('%s has each node once, an operation over its operands, and nothing over another', (_name, tasks) => {
    const plan = planNodes(tasks, result(tasks.length - 1))
    const { spots, edges, width, height } = layOutTree(plan)
    expect(spots).toHaveLength(plan.nodes.length)
    expect(edges).toHaveLength(tasks.flatMap(({ operands }) => operands).length)
    expect(edges.filter(({ from, to }) => from.y >= to.y)).toEqual([])
    const overlapping = spots.filter((a) =>
      spots.some((b) => a !== b && a.y === b.y && Math.abs(a.x - b.x) < 2 * radius),
    )
    expect(overlapping).toEqual([])
    expect(spots.filter(({ x, y }) => x < radius || x > width - radius || y > height - radius)).toEqual([])
  })
})
