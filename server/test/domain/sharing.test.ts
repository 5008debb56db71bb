import { describe, expect, test } from 'vitest'
import { criticalPathMs } from '../../src/domain/plan/plan-analysis.ts'
import { limitErrorOf, limits, planOf, second } from './support/compiling.ts'

const asWritten = { regroup: false }

describe('equal operations', () => {
  test('are one task, which stands in all their places', () => {
    expect(planOf('(1+2)*(1+2)').tasks).toEqual([
      {
        operation: '+',
        operands: [{ literal: '1' }, { literal: '2' }],
        spans: [
          { position: 2, length: 1 },
          { position: 8, length: 1 },
        ],
      },
      {
        operation: '*',
        operands: [
          { task: 0, negated: false },
          { task: 0, negated: false },
        ],
        spans: [{ position: 5, length: 1 }],
      },
    ])
  })

  test.each([
    ['(1+2)*(2+1)', 2],
    ['(2*3)^(3*2)', 2],
    ['(1-2)^(2-1)', 3],
    ['(4/2)^(2/4)', 3],
    ['gcd(1, 2)+gcd(2, 1)', 3],
    ['(1+2)+-(1+2)', 2],
    ['(1+-2)*(1+2)', 3],
    ['x = 1+2; x^2+(1+2)^2', 3],
    ['(1+2)^(3-(1+2))', 3],
    ['((1+2)*3)^((1+2)*3)', 3],
  ])('%s takes %i', (source, count) => {
    expect(planOf(source, asWritten).tasks).toHaveLength(count)
  })

  test('lengthen no way: what is shared is what is left when chains have their best order', () => {
    const source = '(1-2-3-4-5-6-7-8)*(1-2-3-4-5-6-7)*(1-2-3-4-5-6)'
    const operations = 7 + 6 + 5 + 2
    const plan = planOf(source)
    expect(criticalPathMs(plan, second)).toBeLessThan(criticalPathMs(planOf(source, asWritten), second))
    expect(plan.tasks.length).toBeLessThanOrEqual(operations)
    expect(planOf('1+2+3+4+(1+2+3+4)').tasks.length).toBeLessThanOrEqual(7)
  })

  test.each([
    // A whole sum in each place of another.
    ['sum(i = 1..20, sum(j = 1..20, j))', 24],
    ['sum(i = 1..50, sum(j = 1..50, j))', 56],
    ['sum(i = 1..3, sum(j = 1..1025, j))', 1_026],
  ])('are not computed many times over for a better order: %s takes %i or a few more', (source, count) => {
    expect(planOf(source, asWritten).tasks).toHaveLength(count)
    const plan = planOf(source)
    expect(plan.tasks.length).toBeLessThanOrEqual(2 * count)
    expect(criticalPathMs(plan, second)).toBeLessThanOrEqual(criticalPathMs(planOf(source, asWritten), second))
  })

  test('count once towards the limit', () => {
    const two = { ...limits, maxOperations: 2 }
    expect(planOf('(1+2)*(1+2)', { limits: two }).tasks).toHaveLength(2)
    expect(limitErrorOf('(1+2)*(1+3)', { limits: two })).toMatchObject({
      code: 'TOO_MANY_OPERATIONS',
      position: 8,
      actual: 3,
    })
  })
})
