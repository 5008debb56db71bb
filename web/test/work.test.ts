import { describe, expect, it } from 'vitest'
import { RecentRuns, type ToldRun } from '../src/features/agents/work/recent-runs.ts'

const epoch = Date.parse('2026-01-01T00:00:00.000Z')
const iso = (ms: number) => new Date(epoch + ms).toISOString()

const run = (endedAt: number, change: Partial<ToldRun> = {}): ToldRun => ({
  agentId: 'a',
  operation: '+',
  startedAt: iso(endedAt - 10),
  endedAt: iso(endedAt),
  isLost: false,
  expressionId: null,
  ...change,
})

const runs = (count: number, from: number, everyMs: number) =>
  Array.from({ length: count }, (_, place) => run(from + place * everyMs))

const event = (at: number, ended: readonly ToldRun[], skipped = 0, isFirst = false) => ({
  at: iso(at),
  isFirst,
  runs: ended,
  running: [],
  skipped,
})

describe('how many operations ended lately', () => {
  it('are those told of and those left out, in the time that is asked for', () => {
    const recent = new RecentRuns()
    recent.add(event(0, [], 0, true))
    for (let second = 1; second <= 300; second += 1)
      recent.add(event(second * 1_000, runs(50, second * 1_000, 10), 950))
    expect(recent.count(epoch + 181_000)).toEqual({
      all: 120_000,
      mine: 0,
      lost: 0,
      isAllAtLeast: false,
      isMineAtLeast: true,
    })
  })

  it('are known whole where nothing was left out', () => {
    const recent = new RecentRuns()
    const mine = run(500, { expressionId: 'e' })
    recent.add(event(1_000, [...runs(40, -2_000, 20), mine, run(600, { isLost: true })], 0, true))
    expect(recent.count(epoch - 60_000)).toEqual({
      all: 41,
      mine: 1,
      lost: 1,
      isAllAtLeast: false,
      isMineAtLeast: false,
    })
  })

  it('are at least so many where more came at once than are told of the past', () => {
    const recent = new RecentRuns()
    recent.add(event(20_000, [...runs(60, 0, 10), ...runs(10, 5_000, 1_000)], 0, true))
    expect(recent.count(epoch - 60_000)).toMatchObject({ all: 70, isAllAtLeast: true })
    expect(recent.count(epoch + 3_000)).toMatchObject({ all: 10, isAllAtLeast: false })
  })

  it('are at least so many where the past began before what is told of it', () => {
    const recent = new RecentRuns()
    recent.add(event(100_000, runs(2_000, 0, 45), 0, true))
    expect(recent.count(epoch - 60_000)).toMatchObject({ all: 2_000, isAllAtLeast: true })
    expect(recent.count(epoch + 45_000)).toMatchObject({ all: 1_000, isAllAtLeast: false })
  })

  it('are more than are drawn', () => {
    const recent = new RecentRuns()
    recent.add(event(0, [], 0, true))
    for (let second = 1; second <= 300; second += 1) recent.add(event(second * 1_000, runs(50, second * 1_000, 10)))
    expect(recent.count(epoch)).toMatchObject({ all: 15_000, isMineAtLeast: false })
    expect(recent.lanes([])[0]?.runs.length).toBeLessThan(10_001)
  })
})
