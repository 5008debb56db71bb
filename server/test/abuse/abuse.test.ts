import { afterAll, describe, expect, it } from 'vitest'
import { canMeasure } from './harness/processor-time.ts'
import { Series } from './harness/series.ts'
import { probes } from './probes.ts'

/** Beside the other tests, on a machine that may be small. */
const timeoutMs = 180_000

// Where the system does not tell what a process takes of the processor, nothing can be said that another program could not have caused.
describe.skipIf(!canMeasure)('a server that somebody wants to fail stays there for others', () => {
  const series = new Series('quick')
  afterAll(async () => {
    expect(await series.end()).toBe(true)
  }, timeoutMs)

  for (const probe of probes.filter(({ onlyWhole }) => onlyWhole !== true))
    it(
      probe.name,
      async () => {
        const { faults } = await series.run(probe)
        expect(faults).toEqual([])
      },
      timeoutMs,
    )
})
