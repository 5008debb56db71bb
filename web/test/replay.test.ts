import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Replay, type ReplayedTask } from '../src/features/expression/timeline/replay.ts'
import {
  momentIn,
  placeIn,
  sliderPlaces,
  TimeCursor,
  type Frames,
} from '../src/features/expression/timeline/time-cursor.ts'

const epoch = Date.parse('2026-01-01T00:00:00.000Z')
const iso = (ms: number) => new Date(epoch + ms).toISOString()
const agent = (name: string) => ({ id: name, name })

interface Times {
  readonly index: number
  readonly operands?: readonly number[]
  readonly ready: number
  readonly started: number
  readonly finished: number
  readonly lost?: readonly [number, number]
}

const task = ({ index, operands = [], ready, started, finished, lost }: Times): ReplayedTask => ({
  index,
  status: 'SUCCEEDED',
  attempt: lost ? 2 : 1,
  agent: agent('last'),
  readyAt: iso(ready),
  startedAt: iso(started),
  isRunning: false,
  finishedAt: iso(finished),
  result: { short: `r${index}` },
  operands: operands.map((child) => ({ task: { index: child }, value: { short: `r${child}` } })),
  failedAttempts: lost ? [{ number: 1, startedAt: iso(lost[0]), endedAt: iso(lost[1]), agent: agent('first') }] : [],
})

/** What is known of a task before it begins. */
const waiting = (task: ReplayedTask): ReplayedTask => ({
  ...task,
  ...{ status: 'WAITING', attempt: 0, agent: null, result: null, failedAttempts: [] },
  ...{ readyAt: null, startedAt: null, finishedAt: null },
})

/** A chain of tasks, each with its times after those of the one before. */
const chains = fc
  .array(fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.boolean()), { minLength: 1, maxLength: 12 })
  .map((steps) => {
    let now = 0
    return steps.map(([wait, lostFor, run, isLost], index) => {
      const ready = now
      const lost = [ready + wait, ready + wait + lostFor] as const
      const started = isLost ? lost[1] : lost[0]
      now = started + run
      return task({
        index,
        operands: index > 0 ? [index - 1] : [],
        ready,
        started,
        finished: now,
        ...(isLost && { lost }),
      })
    })
  })

describe('a replay', () => {
  const tasks = [
    task({ index: 0, ready: 0, started: 5, finished: 10 }),
    task({ index: 1, operands: [0], ready: 10, started: 30, finished: 40, lost: [12, 25] }),
  ]
  const seen = (at: number, index: number) => new Replay(tasks).at(epoch + at)[index]

  it('shows each step of a task at its time, and no value before it was known', () => {
    expect([0, 5, 10].map((at) => seen(at, 0)?.status)).toEqual(['READY', 'ASSIGNED', 'SUCCEEDED'])
    expect(seen(9, 0)?.result).toBeNull()
    expect(seen(9, 1)).toMatchObject({ status: 'WAITING', agent: null, operands: [{ value: null }] })
    expect(seen(10, 1)).toMatchObject({ status: 'READY', operands: [{ value: { short: 'r0' } }] })
  })

  it('shows an attempt that was lost while it was under way, and what came after it', () => {
    expect(seen(12, 1)).toMatchObject({ status: 'ASSIGNED', attempt: 1, agent: { name: 'first' } })
    expect(seen(25, 1)).toMatchObject({ status: 'READY', attempt: 1, agent: null })
    expect(seen(30, 1)).toMatchObject({ status: 'ASSIGNED', attempt: 2, agent: { name: 'last' } })
  })

  it('shows what was cancelled from the end of its expression on', () => {
    const cancelled = {
      ...tasks[1],
      index: 0,
      operands: [],
      status: 'CANCELLED',
      startedAt: null,
      finishedAt: null,
      result: null,
    }
    const replay = new Replay([cancelled as ReplayedTask], epoch + 50)
    expect(replay.at(epoch + 49)[0]?.status).toBe('READY')
    expect(replay.at(epoch + 50)[0]?.status).toBe('CANCELLED')
  })

  it('is the same from wherever one comes to a moment', () => {
    fc.assert(
      fc.property(chains, fc.array(fc.nat(700), { minLength: 2, maxLength: 10 }), (chain, moments) => {
        const replay = new Replay(chain)
        for (const moment of moments) expect(replay.at(epoch + moment)).toEqual(new Replay(chain).at(epoch + moment))
      }),
    )
  })

  it('is the same whether more of it became known at once or little by little', () => {
    fc.assert(
      fc.property(chains, fc.array(fc.nat(700), { minLength: 1, maxLength: 8 }), (chain, moments) => {
        const replay = new Replay(chain.map(waiting))
        let known: readonly ReplayedTask[] = []
        for (const moment of moments) {
          known = chain.map((task, index) =>
            index < moment % (chain.length + 1) ? task : (known[index] ?? waiting(task)),
          )
          replay.take(known)
          expect(replay.at(epoch + moment)).toEqual(new Replay(known).at(epoch + moment))
        }
      }),
    )
  })

  it('leaves those as they are of which nothing new is known, while an expression is still computed', () => {
    const live = [tasks[0]!, waiting(tasks[1]!), task({ index: 2, ready: 0, started: 5, finished: 8 })]
    const replay = new Replay(live)
    const before = replay.at(epoch + 9)
    replay.take([live[0]!, tasks[1]!, live[2]!])
    const after = replay.at(epoch + 9)
    expect([0, 2].map((index) => after[index] === before[index])).toEqual([true, true])
    expect(replay.at(epoch + 40)[1]?.status).toBe('SUCCEEDED')
  })

  it('shows the very same list while nothing changes', () => {
    const replay = new Replay(tasks)
    expect(replay.at(epoch + 6)).toBe(replay.at(epoch + 9))
    expect(replay.at(epoch + 6)).not.toBe(replay.at(epoch + 10))
  })
})

describe('the slider over a stretch of time', () => {
  it('reaches both ends, however long the stretch is, and stands where it was put', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), fc.nat(sliderPlaces), (total, place) => {
        const range = { from: epoch, to: epoch + total }
        expect([momentIn(range, 0), momentIn(range, sliderPlaces)]).toEqual([range.from, range.to])
        if (total > 0) expect(placeIn(range, momentIn(range, place))).toBe(place)
      }),
    )
  })
})

describe('the time cursor', () => {
  /** Frames that the test draws. */
  function frames() {
    const waiting: ((atMs: number) => void)[] = []
    const hand: Frames = { request: (onFrame) => waiting.push(onFrame), cancel: () => waiting.splice(0) }
    return { hand, draw: (atMs: number) => waiting.splice(0).forEach((onFrame) => onFrame(atMs)), waiting }
  }

  it('plays at its speed to the end and stops there', () => {
    const { hand, draw, waiting } = frames()
    const cursor = new TimeCursor(hand)
    cursor.setSpeed(10)
    cursor.play({ from: 1_000, to: 2_000 })
    draw(0)
    draw(50)
    expect(cursor.get()).toMatchObject({ at: 1_500, isPlaying: true })
    draw(5_000)
    expect(cursor.get()).toMatchObject({ at: 2_000, isPlaying: false })
    expect(waiting).toEqual([])
  })

  it('goes on from where it was put, and from the beginning after the end', () => {
    const { hand } = frames()
    const cursor = new TimeCursor(hand)
    cursor.seek(1_300)
    cursor.play({ from: 1_000, to: 2_000 })
    expect(cursor.get().at).toBe(1_300)
    cursor.seek(2_000)
    cursor.play({ from: 1_000, to: 2_000 })
    expect(cursor.get().at).toBe(1_000)
    cursor.leave()
    expect(cursor.get()).toMatchObject({ at: null, isPlaying: false })
  })
})
