import { describe, expect, test } from 'vitest'
import { compile } from '../../src/domain/compile.ts'
import type { OperationDurations } from '../../src/domain/operation.ts'
import { criticalPathMs, depth, remainingPathMs, totalDurationMs } from '../../src/domain/plan-analysis.ts'
import { decodePlan, encodePlan } from '../../src/domain/plan-codec.ts'
import { printGrouped } from '../../src/domain/print-plan.ts'
import { TaskGraph } from '../../src/domain/task-graph.ts'
import { second, wideLimits } from './support/compiling.ts'
import {
  chainFamilies,
  faultyFamilies,
  nestedFamilies,
  randomFamilies,
  type Family,
} from './support/source-families.ts'

/** So that hardly two operands of a chain are ready at times of the same remainder, which is what the regrouping's search goes by. */
const uneven: OperationDurations = { ADD: 65_535, SUBTRACT: 1, MULTIPLY: 65_521, DIVIDE: 777, POWER: 12_345 }

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

/** In milliseconds of processor time, the least of some runs: what is more was the collector's, the compiler's or a neighbour's. */
function costOf(run: () => void, runs = 2): number {
  let least = Infinity
  for (let times = 0; times < runs; times += 1) {
    const start = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

const length = 4_000
const times = 4
/** Four times the source costs four times as much, or a little more; sixteen times where something is quadratic. */
const mostTimes = 9
/** Where four times as much costs less than this, nothing can be told from the ratio. */
const negligibleMs = 6

/** Of several tries the one that speaks best for the code: a busy machine makes any of them look bad, and none look good. */
function growthOf(family: Family, durations: OperationDurations): number {
  let least = Infinity
  for (let tries = 0; tries < 4 && least > mostTimes; tries += 1) {
    const small = costOf(() => doAll(family.of(length), durations))
    const large = costOf(() => doAll(family.of(length * times), durations))
    least = Math.min(least, large < negligibleMs ? 1 : large / small)
  }
  return least
}

describe('what a source costs grows with its length and not with its square', () => {
  const families = [...chainFamilies, ...nestedFamilies, ...faultyFamilies, ...randomFamilies(40)]

  test.each(families.map((family) => [family.name, family] as const))('%s', (_, family) => {
    expect(growthOf(family, uneven)).toBeLessThan(mostTimes)
  })

  test.each(chainFamilies.map((family) => [family.name, family] as const))('%s, all durations alike', (_, family) => {
    expect(growthOf(family, second)).toBeLessThan(mostTimes)
  })

  test('and a quadratic one would be seen', () => {
    const quadratic: Family = { name: 'quadratic', of: (length) => '1'.repeat(length) }
    const steps = (source: string) => {
      let sum = 0
      for (let i = 0; i < source.length; i += 1) for (let j = 0; j < source.length; j += 1) sum += source.charCodeAt(j)
      return sum
    }
    const [small, large] = [length, length * times].map((size) => costOf(() => void steps(quadratic.of(size)), 2))
    expect((large ?? 0) / (small ?? 1)).toBeGreaterThan(mostTimes)
  })
})
