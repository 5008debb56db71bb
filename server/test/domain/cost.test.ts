import { describe, expect, test } from 'vitest'
import { compile } from '../../src/domain/plan/compile.ts'
import type { OperationDurations } from '../../src/domain/operation.ts'
import { criticalPathMs, depth, remainingPathMs, totalDurationMs } from '../../src/domain/plan/plan-analysis.ts'
import { decodePlan, encodePlan } from '../../src/domain/plan/plan-codec.ts'
import { printGrouped } from '../../src/domain/plan/print-plan.ts'
import { TaskGraph } from '../../src/domain/tasks/task-graph.ts'
import { durationsOf, second, wideLimits } from './support/compiling.ts'
import {
  chainFamilies,
  faultyFamilies,
  nestedFamilies,
  randomFamilies,
  type Family,
} from './support/source-families.ts'
import { processorMs } from '../support/processor-ms.ts'

/** So that hardly two operands of a chain are ready at times of the same remainder, which is what the regrouping's search goes by. */
const uneven = durationsOf({ '+': 65_535, '-': 1, '*': 65_521, '/': 777, '^': 12_345 })

/** All that is ever done with a source: as it is submitted, shown, stored, taken from the queue and placed. */
function doAll(source: string, durations: OperationDurations): void {
  const result = compile(source, { regroup: true, durations, limits: wideLimits })
  if (result.kind !== 'compiled') return
  const stored = JSON.stringify(encodePlan(result.plan))
  const plan = decodePlan(JSON.parse(stored))
  for (const analyse of [criticalPathMs, totalDurationMs, remainingPathMs]) analyse(plan, durations)
  depth(plan)
  // To look into the text makes one of its many parts.
  printGrouped(plan).charCodeAt(0)
  const graph = new TaskGraph(plan, [], 0)
  for (const task of graph.ready()) graph.operands(task)
}

const length = 2_000
const times = 8
/** Eight times the source costs eight times as much, twice that where the collector has its say, and some 50 times where it is quadratic. */
const mostTimes = 24
/** Where eight times as much costs less than this, nothing can be told from the ratio. */
const negligibleMs = 6

/**
 * How often as much eight times the size costs as one of them, the least of some runs each: what is more is the collector's or a
 * neighbour's. The small one is run eight times, so that both meet them as often.
 */
function growthOf(run: (length: number) => void): number {
  const runSmall = () => {
    for (let i = 0; i < times; i += 1) run(length)
  }
  // Compiled by then, as far as it will be.
  let large = processorMs(() => run(length * times))
  let small = Infinity
  for (let tries = 0; tries < 20 && (tries < 3 || large > mostTimes * small); tries += 1) {
    small = Math.min(small, processorMs(runSmall) / times)
    large = Math.min(
      large,
      processorMs(() => run(length * times)),
    )
  }
  return large < negligibleMs ? 1 : large / small
}

/** The source is made before, as to make one costs something too. */
function growthOfFamily(family: Family, durations: OperationDurations): number {
  const sources = new Map([length, length * times].map((size) => [size, family.of(size)]))
  return growthOf((size) => doAll(sources.get(size) ?? '', durations))
}

describe('what a source costs grows with its length and not with its square', () => {
  const families = [...chainFamilies, ...nestedFamilies, ...faultyFamilies, ...randomFamilies(12)]

  test.each(families.map((family) => [family.name, family] as const))('%s', (_, family) => {
    expect(growthOfFamily(family, uneven)).toBeLessThan(mostTimes)
  })

  test.each(chainFamilies.slice(0, 4).map((family) => [family.name, family] as const))(
    '%s, all durations alike',
    (_, family) => {
      expect(growthOfFamily(family, second)).toBeLessThan(mostTimes)
    },
  )

  test('and what is quadratic would be seen', () => {
    let sum = 0
    const growth = growthOf((size) => {
      for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 32) sum += (i * j) % 7
    })
    expect(sum).toBeGreaterThan(0)
    expect(growth).toBeGreaterThan(mostTimes)
  })
})
