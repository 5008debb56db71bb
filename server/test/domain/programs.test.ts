import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePlan, encodePlan } from '../../src/domain/plan/plan-codec.ts'
import { printGrouped } from '../../src/domain/plan/print-plan.ts'
import { planOf } from './support/compiling.ts'
import { evaluatePlan } from './support/evaluate-plan.ts'
import { drawProgram } from './support/draw-program.ts'
import { meaningOf, writeProgram } from './support/program.ts'

/** Of a sum in another order each operation keeps a place of that sum. */
const families = [
  ['+', '-', 'sum'],
  ['*', '/', 'product'],
]

describe('a source with names, calls and ranges', () => {
  test.each([true, false])('comes to what it means (regroup: %s)', (regroup) => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const program = drawProgram(draw)
        expect(evaluatePlan(planOf(writeProgram(program), { regroup }))).toBe(meaningOf(program).value)
      }),
      { numRuns: 1_000 },
    )
  })

  test('has each operation once, as it is written', () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const program = drawProgram(draw)
        const plan = planOf(writeProgram(program), { regroup: false })
        expect(plan.tasks).toHaveLength(meaningOf(program).operationCount)
      }),
      { numRuns: 1_000 },
    )
  })

  test('points at what it computes, wherever that stands', () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const source = writeProgram(drawProgram(draw))
        for (const { operation, spans } of planOf(source).tasks) {
          const texts = spans.map(({ position, length }) => source.slice(position, position + length))
          const known = families.find((family) => family.includes(operation)) ?? [operation]
          for (const text of texts) expect(known).toContain(text)
          expect(new Set(spans.map(({ position }) => position)).size).toBe(spans.length)
        }
      }),
    )
  })

  test('is stored and comes back', () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const plan = planOf(writeProgram(drawProgram(draw)))
        expect(decodePlan(JSON.parse(JSON.stringify(encodePlan(plan))))).toEqual(plan)
      }),
    )
  })

  test('is printed as what gives the same plan again', () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const plan = planOf(writeProgram(drawProgram(draw)))
        const again = planOf(printGrouped(plan), { regroup: false })
        expect(evaluatePlan(again)).toBe(evaluatePlan(plan))
        expect(again.tasks).toHaveLength(plan.tasks.length)
      }),
    )
  })
})
