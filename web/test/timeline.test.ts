import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barAt, layOutTimeline, type Bar, type TimedTask } from '../src/features/expression/timeline/lanes.ts'
import { fitted, moved, ticks, zoomed } from '../src/components/time/scale.ts'
import { placeOf, step } from '../src/features/expression/timeline/walk.ts'

const epoch = Date.parse('2026-01-01T00:00:00.000Z')
const iso = (ms: number) => new Date(epoch + ms).toISOString()
const agent = (name: string) => ({ id: name, name })

const task = (
  index: number,
  ready: number,
  started: number,
  finished: number | null,
  more: Partial<TimedTask> = {},
): TimedTask => ({
  index,
  status: finished === null ? 'ASSIGNED' : 'SUCCEEDED',
  attempt: 1,
  operands: [],
  agent: agent('ada'),
  readyAt: iso(ready),
  startedAt: iso(started),
  finishedAt: finished === null ? null : iso(finished),
  failedAttempts: [],
  ...more,
})

const operands = (...indices: number[]) => ({ operands: indices.map((index) => ({ task: { index } })) })

describe('a timeline', () => {
  it('has a lane for each slot that was busy at once, by agent', () => {
    const tasks = [task(0, 0, 0, 10), task(1, 0, 0, 20), task(2, 0, 10, 30), task(3, 0, 5, 9, { agent: agent('bob') })]
    const { lanes } = layOutTimeline(tasks)
    expect(lanes.map(({ agent: name, slot, bars }) => [name, slot, bars.map((bar) => bar.task)])).toEqual([
      ['ada', 1, [0, 2]],
      ['ada', 2, [1]],
      ['bob', 1, [3]],
    ])
  })

  it('never draws two bars over each other, and leaves none out', () => {
    const times = fc.array(fc.tuple(fc.nat(200), fc.nat(50), fc.nat(50), fc.nat(2)), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(times, (each) => {
        const tasks = each.map(([ready, wait, run, who], index) =>
          task(index, ready, ready + wait, ready + wait + run, { agent: agent(`agent-${who}`) }),
        )
        const { lanes } = layOutTimeline(tasks)
        for (const { bars } of lanes)
          for (const [place, bar] of bars.entries())
            if (place > 0) expect(bars[place - 1]!.to! - bar.from).toBeLessThanOrEqual(3)
        expect(lanes.flatMap(({ bars }) => bars.map((bar) => bar.task)).sort((a, b) => a - b)).toEqual(
          tasks.map(({ index }) => index),
        )
      }),
    )
  })

  it('has no more lanes than its agent has slots, however short tasks seem to overlap', () => {
    const two = { agent: { ...agent('ada'), slots: 2 } }
    const { lanes } = layOutTimeline([0, 1, 2, 3, 4].map((index) => task(index, 0, 0, 10 + index, two)))
    expect(lanes.map(({ bars }) => bars.length)).toEqual([3, 2])
  })

  it('shows an attempt that was lost at the agent that lost it, and what the task waited for anew', () => {
    const lost = { number: 1, startedAt: iso(2), endedAt: iso(8), agent: agent('bob') }
    const { lanes, waiting } = layOutTimeline([task(0, 0, 12, 20, { attempt: 2, failedAttempts: [lost] })])
    expect(lanes.find(({ agent: name }) => name === 'bob')?.bars).toMatchObject([{ kind: 'lost', to: epoch + 8 }])
    expect(waiting.map(({ at, count }) => [at - epoch, count])).toEqual([
      [0, 1],
      [2, 0],
      [8, 1],
      [12, 0],
    ])
  })

  it('shows the attempt of which an expression failed once, though it is among those that came to nothing', () => {
    const failedAttempts = [1, 2].map((number) => ({
      ...{ number, agent: agent('ada') },
      ...{ startedAt: iso(10 * number), endedAt: iso(10 * number + 5) },
    }))
    const failed = task(0, 0, 20, 25, { status: 'FAILED', attempt: 2, failedAttempts })
    const shown = layOutTimeline([failed]).lanes.map(({ bars }) => bars.map(({ kind, from }) => [kind, from - epoch]))
    expect(shown).toEqual([
      [
        ['lost', 10],
        ['failed', 20],
      ],
    ])
    const untimed = layOutTimeline([{ ...failed, startedAt: null }])
    expect(untimed.lanes[0]?.bars.map(({ kind }) => kind)).toEqual(['lost', 'lost'])
  })

  it('leaves what lies at an agent ahead of its slots among what waits', () => {
    const ahead = { ...task(0, 0, 0, null), startedAt: null }
    const { lanes, waiting } = layOutTimeline([ahead, task(1, 0, 0, null)])
    expect(lanes.flatMap(({ bars }) => bars.map((bar) => bar.task))).toEqual([1])
    expect(waiting).toEqual([{ at: epoch, count: 1 }])
  })

  it('marks the operands that each waited for last, from the end back', () => {
    const tasks = [
      task(0, 0, 0, 10),
      task(1, 0, 0, 30),
      task(2, 30, 30, 40, operands(0, 1)),
      task(3, 0, 0, 35),
      task(4, 40, 41, 50, operands(2, 3)),
    ]
    expect([...layOutTimeline(tasks).criticalPath].sort()).toEqual([1, 2, 4])
  })

  it('finds the bar under a pointer', () => {
    const [lane] = layOutTimeline([task(0, 0, 0, 10), task(1, 0, 20, null)]).lanes
    const at = (ms: number) => barAt(lane!, epoch + ms, epoch + 100)?.task
    expect([at(-1), at(0), at(10), at(15), at(20), at(99)]).toEqual([undefined, 0, 0, undefined, 1, 1])
  })

  it('is walked by the arrow keys, along a lane and across', () => {
    const timeline = layOutTimeline([task(0, 0, 0, 10), task(1, 0, 10, 20), task(2, 0, 12, 18)])
    const to = (from: number | null, key: string) => step(timeline, placeOf(timeline, from), key)?.bar.task
    expect(to(null, 'ArrowRight')).toBe(0)
    expect(to(0, 'ArrowRight')).toBe(1)
    expect(to(1, 'ArrowDown')).toBe(2)
    expect(to(2, 'ArrowUp')).toBe(1)
    expect(to(1, 'ArrowRight')).toBe(1)
    expect(step(timeline, placeOf(timeline, 1), 'x')).toBeNull()
  })

  it('is walked through each attempt at a task, also as it is laid out anew', () => {
    const lost = { number: 1, startedAt: iso(0), endedAt: iso(8), agent: agent('ada') }
    const tasks = [task(5, 0, 20, 30, { attempt: 2, failedAttempts: [lost] }), task(6, 0, 10, 20), task(7, 0, 30, 40)]
    let stood: Bar | null = null
    const walk = (key: string) => {
      const timeline = layOutTimeline(tasks)
      stood = step(timeline, stood && placeOf(timeline, stood.task, [stood]), key)?.bar ?? null
      return [stood?.task, stood?.kind]
    }
    const inOrder = [
      [5, 'lost'],
      [6, 'done'],
      [5, 'done'],
      [7, 'done'],
    ]
    expect(inOrder.map(() => walk('ArrowRight'))).toEqual(inOrder)
    expect(inOrder.slice(1).map(() => walk('ArrowLeft'))).toEqual(inOrder.toReversed().slice(1))
    // What was selected elsewhere is shown by its last attempt.
    expect(placeOf(layOutTimeline(tasks), 5)?.bar.kind).toBe('done')
  })
})

describe('the stretch of time in sight', () => {
  const whole = { from: 0, to: 1_000 }

  it('keeps the moment under the pointer where it is', () => {
    const window = zoomed({ from: 200, to: 600 }, 300, 0.5, whole)
    expect(window).toEqual({ from: 250, to: 450 })
    expect(zoomed(window, 300, 2, whole)).toEqual({ from: 200, to: 600 })
  })

  it('never leaves what there is to see, however far one moves or zooms', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -5_000, max: 5_000 })), { maxLength: 30 }),
        (steps) => {
          let window = fitted(whole)
          for (const [isMove, by] of steps)
            window = isMove
              ? moved(window, by, whole)
              : zoomed(window, (window.from + window.to) / 2, Math.exp(by / 2_000), whole)
          expect(window.to).toBeGreaterThan(window.from)
          expect(window.from).toBeGreaterThanOrEqual(-100)
          expect(window.to).toBeLessThanOrEqual(1_100)
        },
      ),
    )
  })

  it('has round moments for its axis, not too many', () => {
    expect(ticks({ from: 130, to: 1_020 }, 100, 10)).toEqual([200, 300, 400, 500, 600, 700, 800, 900, 1_000])
    expect(ticks({ from: 0, to: 3_600_000 }, 0, 6).length).toBeLessThanOrEqual(7)
  })
})
