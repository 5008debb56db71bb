import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
// What the server itself plans is what the page is told.
import { planOf } from '../../server/test/domain/support/compiling.ts'
import { compute, evaluatePlan } from '../../server/test/domain/support/evaluate-plan.ts'
import { drawProgram, writeProgram } from '../../server/test/domain/support/program.ts'
import { fromText, toText } from '../../server/test/domain/support/rational.ts'
import { readSource } from '../src/features/expression/source/source-tree.ts'
import { taskMeanings } from '../src/features/expression/source/source-values.ts'

const exact = (literal: string) => new Fraction(toText(fromText(literal)))

/** The texts of a source that are known to be tasks, each with what its task comes to. */
function knownParts(source: string, regroup = true): Map<string, Fraction | null> {
  const plan = planOf(source, { regroup })
  const results: (Fraction | null)[] = []
  for (const { operation, operands } of plan.tasks) {
    const values = operands.map((operand) => {
      if ('literal' in operand) return exact(operand.literal)
      const value = results[operand.task] ?? null
      return operand.negated && value ? value.neg() : value
    })
    results.push(values.every((value) => value !== null) ? compute(operation, values) : null)
  }
  const tree = readSource(source)
  if (!tree) throw new Error(`unreadable: ${source}`)
  const tasks = plan.tasks.map((task, index) => ({
    ...task,
    index,
    operands: task.operands.map((operand) =>
      'literal' in operand
        ? { task: null, negated: false, value: { short: exact(operand.literal).toString(12).replace(/^-?0$/, '0') } }
        : { task: { index: operand.task }, negated: operand.negated, value: null },
    ),
  }))
  const parts = new Map<string, Fraction | null>()
  for (const [{ start, end }, { index, isNegated }] of taskMeanings(source, tree, tasks)) {
    const result = results[index] ?? null
    parts.set(source.slice(start, end), isNegated && result ? result.neg() : result)
  }
  return parts
}

const valuesOf = (source: string) =>
  Object.fromEntries([...knownParts(source)].map(([text, value]) => [text, value?.toFraction()]))

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

  it.each([true, false])('have no other value than what stands there comes to (regroup: %s)', (regroup) => {
    let known = 0
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const source = writeProgram(drawProgram(draw))
        const roots = readSource(source)?.roots ?? []
        // Names written out, as what is bound and not used is a mistake.
        const writeOut = (text: string): string =>
          text.replace(/x_(\d)/g, (_, binding: string) => {
            const { start, end } = roots[Number(binding)]!
            return `(${writeOut(source.slice(start, end))})`
          })
        for (const [text, value] of knownParts(source, regroup)) {
          // Written out, a variable would stand within its own range.
          if (/x_/.test(text) && /k0/.test(writeOut(text))) continue
          const alone = evaluatePlan(planOf(writeOut(text), { regroup: false }))
          expect([text, alone]).toEqual([text, value?.toFraction() ?? null])
          known += 1
        }
      }),
      { numRuns: 300 },
    )
    expect(known).toBeGreaterThan(300)
  })
})
