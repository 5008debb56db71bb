import { describe, expect, test } from 'vitest'
import { runCalm, type CalmRun } from './calm-run.ts'

/** Each an expression of 20 to 300 operations of 20 ms to 3 s, on 1 to 24 slots of 1 to 4 agents, beside up to four others of up to three users. */
const runs = 100

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Infinity

async function play(firstSeed: number, disturbed: boolean): Promise<readonly CalmRun[]> {
  const played: CalmRun[] = []
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) played.push(await runCalm(seed, disturbed))
  return played
}

const share = (values: readonly number[], bound: number): number =>
  values.filter((value) => value < bound).length / values.length

describe('the end that is foreseen for an expression, in a hundred random runs of the scheduler in virtual time', () => {
  test('is right to a hundredth where nothing comes between, and rarely off by a tenth', async () => {
    const played = await play(1, false)
    for (const errors of [played.map((run) => run.errorAtStart), played.map((run) => run.errorHalfWay)]) {
      expect(median(errors)).toBeLessThan(0.01)
      expect(share(errors, 0.1)).toBeGreaterThan(0.9)
    }
  }, 240_000)

  test('is within a tenth at first, and a twentieth of what is left half-way, where another submits and an agent is lost', async () => {
    const played = await play(1_001, true)
    expect(median(played.map((run) => run.errorAtStart))).toBeLessThan(0.1)
    expect(median(played.map((run) => run.errorHalfWay))).toBeLessThan(0.05)
  }, 240_000)
})
