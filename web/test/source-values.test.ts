import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
// What the server itself plans is what the page is told.
import { planOf } from '../../server/test/domain/support/compiling.ts'
import { drawProgram } from '../../server/test/domain/support/draw-program.ts'
import { evaluatePlan } from '../../server/test/domain/support/evaluate-plan.ts'
import { writeProgram } from '../../server/test/domain/support/program.ts'
import { readSource } from '../src/features/expression/source/source-tree.ts'
import { taskMeanings } from '../src/features/expression/source/source-values.ts'
import { drawSource } from './support/draw-source.ts'

/** The texts of a source that are known to be tasks, each with what its task comes to. */
function knownParts(source: string, regroup = true): Map<string, string | null> {
  const { tasks } = planOf(source, { regroup })
  const tree = readSource(source)
  if (!tree) throw new Error(`unreadable: ${source}`)
  const told = tasks.map((task, index) => ({
    ...task,
    index,
    operands: task.operands.map((operand) =>
      'literal' in operand
        ? { task: null, negated: false, value: { short: String(Number(operand.literal)) } }
        : { task: { index: operand.task }, negated: operand.negated, value: null },
    ),
  }))
  const parts = new Map<string, string | null>()
  for (const [{ start, end }, { index, isNegated }] of taskMeanings(source, tree, told)) {
    const root = { task: index, negated: isNegated }
    parts.set(source.slice(start, end), evaluatePlan({ tasks: tasks.slice(0, index + 1), root }))
  }
  return parts
}

const valuesOf = (source: string) => Object.fromEntries(knownParts(source))

describe('the parts of a source that have a value', () => {
  it('are those of each operation as it is written', () => {
    expect(valuesOf('(1+2)*(3-4)/5')).toEqual({
      '1+2': '3',
      '(1+2)': '3',
      '3-4': '-1',
      '(3-4)': '-1',
      '(1+2)*(3-4)': '-3',
      '(1+2)*(3-4)/5': '-3/5',
    })
  })

  it('are whole sums and products where these were regrouped', () => {
    expect(valuesOf('1000-1-2-3-4-5')['1000-1-2-3-4-5']).toBe('985')
    expect(valuesOf('7-(2-3*5-1-1-1-4)')).toMatchObject({ '3*5': '15', '7-(2-3*5-1-1-1-4)': '27' })
    expect(valuesOf('2*-3*4*5*6/7/8/9')['2*-3*4*5*6/7/8/9']).toBe('-10/7')
  })

  it('are powers, calls, ranges and names', () => {
    expect(valuesOf('x = max(6, 3)\nsum(k = 1..4, k^2) * (x - 2^-2^1)')).toMatchObject({
      'max(6, 3)': '6',
      x: '6',
      'sum(k = 1..4, k^2)': '30',
      '2^-2^1': '1/4',
    })
  })

  it.each([
    'x = sum(k = 1..3, k); 10 - x',
    'x = product(k = 1..3, k); 12 / x',
    'x = -(sum(k = 1..3, k)); x - 7',
    'x = sum(k = 1..3, k); y = (x); 10 + y',
    'x = sum(k = 1..3, k); 10 - sum(j = 1..1, x)',
    'x = sum(k = 1..3, k); 10 - product(j = 1..1, x)',
    'x = sum(k = 1..3, k); sum(j = 3..4, product(i = j..3, x))',
  ])('are no ranges that a name takes into the chain round it: %s', (source) => {
    const range = /\w+\(k = 1..3, k\)/.exec(source)?.[0] ?? ''
    expect([undefined, '6']).toContain(valuesOf(source)[range])
    expect([undefined, '6', '-6']).toContain(valuesOf(source).x)
  })

  it('are ranges that have a name and are taken twice', () => {
    expect(valuesOf('x = sum(k = 1..3, k); x*x + x')).toMatchObject({ 'sum(k = 1..3, k)': '6', x: '6' })
  })

  it.each([true, false])('have no other value than what stands there comes to (regroup: %s)', (regroup) => {
    let known = 0
    const check = (source: string) => {
      const roots = readSource(source)?.roots ?? []
      // Names written out, as what is bound and not used is a mistake.
      const writeOut = (text: string): string =>
        text.replace(/x_(\d)/g, (_, binding: string) => {
          const { start, end } = roots[Number(binding)]!
          return `(${writeOut(source.slice(start, end))})`
        })
      for (const [text, value] of knownParts(source, regroup)) {
        // Written out, a variable would stand within its own range.
        if (/x_/.test(text) && /k0\b/.test(writeOut(text))) continue
        const alone = evaluatePlan(planOf(writeOut(text), { regroup: false }))
        expect([text, alone]).toEqual([text, value])
        known += 1
      }
    }
    fc.assert(
      fc.property(fc.gen(), (draw) => check(writeProgram(drawProgram(draw)))),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.gen(), (draw) => check(drawSource(draw))),
      { numRuns: 3000 },
    )
    expect(known).toBeGreaterThan(3000)
  })
})
