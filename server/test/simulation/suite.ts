import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { runHistory } from './history.ts'

/** A history that was found wanting: `SEED=123 npx vitest run --project server simulation` tells it again. */
const seedToReplay = process.env['SEED']

const atATime = 500

/** Ten times what they take where nothing else runs. */
const historiesTimeoutMs = 300_000

/** What so many histories cannot fail to bring about, or they prove less than they seem to. */
const everything = [
  ...['ACCEPTED', 'DUPLICATE', 'NOT_NEEDED', 'AGENT_ERROR', 'DIVISION_BY_ZERO'],
  ...['SUCCEEDED', 'CANCELLED', 'ATTEMPTS_SPENT', 'lost alone', 'taken over', 'kept', 'AGENT_LOST', 'OVERDUE'],
  ...['offered', 'claimed', 'moved', 'retried', 'deleted'],
]

async function tell(seed: number): Promise<string> {
  const lines: string[] = []
  const { violations } = await runHistory(seed, { tell: (line) => lines.push(line) })
  return [...lines, `history ${seed}: ${violations.join('; ') || 'all is well'}`].join('\n')
}

/** Declares the tests of histories from one seed on. */
export function testHistories(firstSeed: number, count: number): void {
  if (seedToReplay !== undefined) {
    test(`history ${seedToReplay}`, async () => {
      const { violations } = await runHistory(Number(seedToReplay), { tell: console.log })
      expect(violations).toEqual([])
    })
    return
  }
  describe('whatever is lost, late, doubled or broken', () => {
    const seen = new Set<string>()
    const starts = Array.from({ length: count / atATime }, (_, place) => firstSeed + place * atATime)
    test.each(starts)(
      `nothing is lost and nothing counts twice, in ${atATime} histories from seed %i on`,
      async (start) => {
        for (let seed = start; seed < start + atATime; seed++) {
          const outcome = await runHistory(seed)
          for (const one of outcome.seen) seen.add(one)
          if (outcome.violations.length > 0) expect.fail(await tell(seed))
        }
      },
      historiesTimeoutMs,
    )
    test('much has happened in them', () => {
      expect([...seen]).toEqual(expect.arrayContaining(everything))
    })
  })
}
