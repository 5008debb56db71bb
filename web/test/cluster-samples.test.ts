import { describe, expect, it } from 'vitest'
import { withSamples, type Sample } from '../src/features/agents/charts/useClusterSamples.ts'

const sample = (seconds: number): Sample => ({
  at: new Date(seconds * 1_000).toISOString(),
  ...{ slots: 8, readyTasks: 0, runningTasks: 0, tasksPerSecond: 0, schedulingDelayMs: null, byOperation: [] },
})
const samples = (...seconds: number[]) => seconds.map(sample)

describe('samples of the cluster', () => {
  it('stand in the order of time, each once, however they are sent', () =>
    expect(withSamples([], samples(4, 10, 6, 8, 6))).toEqual(samples(4, 6, 8, 10)))

  it('go on from the first moment that another server tells of', () =>
    expect(withSamples(samples(2, 4, 6, 8), samples(9, 5, 7))).toEqual(samples(2, 4, 5, 7, 9)))

  it('are left out after five minutes', () =>
    expect(withSamples(samples(0, 2, 4), samples(302))).toEqual(samples(2, 4, 302)))
})
