import { describe, expect, it } from 'vitest'
import { ClusterSamples, placeOf, sampleOf } from '../src/realtime/readers/cluster-samples.ts'

describe('samples of the cluster', () => {
  it.each([1_800, 2_000, 2_070, 9_999, 75_000])(
    'are of five minutes, each in a place of its own, one in %i ms',
    (everyMs) => {
      const samples = new ClusterSamples()
      for (let at = 500; at < 1_000_000; at += everyMs) {
        samples.add(sampleOf(at, []))
        expect(new Set(samples.kept.map(placeOf)).size).toBe(samples.kept.length)
      }
      const spanMs = samples.kept.at(-1)!.at - samples.kept[0]!.at
      expect(spanMs).toBeLessThan(300_000)
      expect(spanMs).toBeGreaterThanOrEqual(300_000 - everyMs)
    },
  )
})
