import { beforeEach, describe, expect, it } from 'vitest'
import type { TaskAssignment } from '../src/connection/documents.ts'
import { type FinishedTask, Slots } from '../src/slots/slots.ts'
import { ManualComputer } from './support/computers.ts'
import { ManualClock } from './support/manual-clock.ts'

let clock: ManualClock
let finished: FinishedTask[]
let slots: Slots
let computer: ManualComputer

beforeEach(() => {
  clock = new ManualClock()
  finished = []
  computer = new ManualComputer()
  slots = new Slots(clock, 2, computer, (task) => finished.push(task))
})

const task = (ticket: string, durationMs: number, given: Partial<TaskAssignment> = {}): TaskAssignment => ({
  ticket,
  operation: '+',
  operands: ['1', '2'],
  durationMs,
  ...given,
})
const tickets = () => finished.map(({ ticket }) => ticket)

describe('Slots', () => {
  it('computes at most as many at once as there are slots, first come first served', () => {
    slots.accept([task('a', 100), task('b', 50), task('c', 10), task('d', 10)], 100)
    clock.advance(49)
    expect(tickets()).toEqual([])
    clock.advance(1)
    expect(tickets()).toEqual(['b'])
    clock.advance(10)
    expect(tickets()).toEqual(['b', 'c'])
    clock.advance(10)
    expect(tickets()).toEqual(['b', 'c', 'd'])
    clock.advance(30)
    expect(tickets()).toEqual(['b', 'c', 'd', 'a'])
    expect(slots.held).toBe(0)
  })

  it('takes the duration from the start of a task, not from its assignment', () => {
    slots.accept([task('a', 100), task('b', 100), task('c', 30)], 100)
    clock.advance(130)
    expect(finished.map(({ ticket, elapsedMs }) => [ticket, elapsedMs])).toEqual([
      ['a', 100],
      ['b', 100],
      ['c', 30],
    ])
  })

  it('waits on where a timer fires early', () => {
    let now = 0
    const callbacks: (() => void)[] = []
    const hasty = new Slots(
      { now: () => now, after: (_, callback) => (callbacks.push(callback), () => undefined) },
      1,
      computer,
      (done) => finished.push(done),
    )
    hasty.accept([task('early', 100)], 100)
    now = 99.4
    callbacks.shift()?.()
    expect(tickets()).toEqual([])
    now = 100.1
    callbacks.shift()?.()
    expect(tickets()).toEqual(['early'])
  })

  it('starts the next when the one before was due, where a timer fires late', () => {
    let now = 0
    const timers: { at: number; callback: () => void }[] = []
    const after = (ms: number, callback: () => void) => (timers.push({ at: now + ms, callback }), () => undefined)
    const late = new Slots({ now: () => now, after }, 1, computer, (done) => finished.push(done))
    const fireLate = (ms: number) => {
      const timer = timers.shift()!
      now = timer.at + ms
      timer.callback()
    }
    late.accept([task('a', 100), task('b', 100), task('c', 100)], 100)
    now = 50
    late.accept([task('d', 100)], 100)
    fireLate(3)
    expect(timers[0]!.at).toBe(200)
    // So late, that the process did not run: that is no slot's work.
    fireLate(500)
    expect(timers[0]!.at).toBe(800)
    fireLate(0)
    expect(timers[0]!.at).toBe(900)
    fireLate(0)
    expect(finished.map(({ ticket, elapsedMs }) => [ticket, elapsedMs])).toEqual([
      ['a', 103],
      ['b', 600],
      ['c', 100],
      ['d', 100],
    ])
  })

  it('starts no task before it came', () => {
    let now = 0
    const timers: { at: number; callback: () => void }[] = []
    const after = (ms: number, callback: () => void) => (timers.push({ at: now + ms, callback }), () => undefined)
    const late = new Slots({ now: () => now, after }, 1, computer, (done) => finished.push(done))
    late.accept([task('a', 100)], 100)
    now = 105
    late.accept([task('b', 100)], 100)
    now = 110
    timers.shift()!.callback()
    expect(timers[0]!.at).toBe(205)
  })

  it('computes what has no duration in the same turn, without a timer', () => {
    slots.accept(
      Array.from({ length: 1000 }, (_, index) => task(String(index), 0)),
      100,
    )
    expect(finished).toHaveLength(1000)
    expect(finished[0]).toEqual({ ticket: '0', outcome: { kind: 'value', value: '3' }, elapsedMs: 0 })
  })

  it('lets the socket have its turn between long computations', async () => {
    let now = 0
    const all = new Promise<void>((resolve) => {
      const slow = new Slots({ now: () => (now += 8), after: clock.after.bind(clock) }, 1, computer, (done) => {
        finished.push(done)
        if (finished.length === 6) resolve()
      })
      slow.accept(
        ['a', 'b', 'c', 'd', 'e', 'f'].map((ticket) => task(ticket, 0)),
        100,
      )
    })
    expect(finished.length).toBeGreaterThan(0)
    expect(finished.length).toBeLessThan(6)
    await all
    expect(tickets()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('drops what runs and what waits, and gives the slot to the next', () => {
    slots.accept([task('a', 100), task('b', 100), task('c', 100), task('d', 100)], 100)
    slots.drop(['a', 'c', 'unknown'])
    expect(slots.tickets().sort()).toEqual(['b', 'd'])
    clock.advance(100)
    expect(tickets()).toEqual(['b', 'd'])
    clock.advance(1000)
    expect(tickets()).toEqual(['b', 'd'])
  })

  it('finishes what runs after the waiting were dropped', () => {
    slots.accept([task('a', 100), task('b', 100), task('c', 100)], 100)
    slots.dropWaiting()
    clock.advance(1000)
    expect(tickets()).toEqual(['a', 'b'])
  })

  it('does not take a ticket twice', () => {
    slots.accept([task('a', 100), task('b', 100), task('c', 100)], 100)
    slots.accept([task('a', 100), task('c', 100)], 100)
    clock.advance(1000)
    expect(tickets()).toEqual(['a', 'b', 'c'])
  })

  it('reports failures of the arithmetic after the full duration, and the unforeseen as AGENT_ERROR', () => {
    slots.accept(
      [task('a', 100, { operation: '/', operands: ['1', '0'] }), task('b', 100, { operands: ['nonsense', '2'] })],
      100,
    )
    clock.advance(99)
    expect(finished).toEqual([])
    clock.advance(1)
    expect(finished.map(({ outcome }) => outcome)).toMatchObject([
      { kind: 'error', code: 'DIVISION_BY_ZERO' },
      { kind: 'error', code: 'AGENT_ERROR', message: expect.stringContaining('nonsense') as string },
    ])
  })

  describe('of heavy arithmetic', () => {
    const heavy = (ticket: string, durationMs = 0) => task(ticket, durationMs, { operands: ['9'.repeat(600), '1'] })

    it('computes at most as many at once as there are slots, by other threads', () => {
      slots.accept([heavy('a'), heavy('b'), heavy('c')], 1000)
      expect(computer.asked).toBe(2)
      computer.finishOne()
      expect(tickets()).toEqual(['a'])
      expect(computer.asked).toBe(2)
      computer.finishOne()
      computer.finishOne()
      expect(tickets()).toEqual(['a', 'b', 'c'])
      expect(finished[0]?.outcome).toEqual({ kind: 'value', value: `1${'0'.repeat(600)}` })
      expect(slots.held).toBe(0)
    })

    it('lets light tasks past it, however much of it waits', () => {
      slots.accept([heavy('a'), heavy('b'), heavy('c'), heavy('d'), task('light', 0), task('long', 50)], 1000)
      expect(tickets()).toEqual(['light'])
      clock.advance(50)
      expect(tickets()).toEqual(['light', 'long'])
      expect(computer.asked).toBe(2)
    })

    it('takes the duration of its task, and its slot until then', () => {
      slots.accept([heavy('a', 100), heavy('b', 100), task('light', 0)], 1000)
      computer.finishOne()
      clock.advance(99)
      expect(tickets()).toEqual([])
      clock.advance(1)
      // What is late with its arithmetic keeps nobody waiting but its like.
      expect(tickets()).toEqual(['a', 'light'])
      computer.finishOne()
      expect(finished.at(-1)).toMatchObject({ ticket: 'b', elapsedMs: 100 })
    })

    it('takes it back where its task is dropped', () => {
      slots.accept([heavy('a'), heavy('b'), heavy('c')], 1000)
      slots.drop(['a'])
      expect(computer.asked).toBe(2)
      slots.dropAll()
      expect(computer.asked).toBe(0)
      expect(slots.held).toBe(0)
      slots.accept([task('x', 10), task('y', 10), task('z', 0)], 1000)
      expect(tickets()).toEqual([])
    })
  })
})
