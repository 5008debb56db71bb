import { describe, expect, it } from 'vitest'
import { retryDelayMs } from '../src/connection/backoff.ts'
import { connectionEnd } from '../src/connection/connection-end.ts'
import { watchForSilence } from '../src/connection/silence.ts'
import { submitAnswer } from '../src/connection/submit-answer.ts'
import { ManualClock } from './support/manual-clock.ts'

describe('retryDelayMs', () => {
  it('is anywhere up to a bound that doubles from the base to the cap', () => {
    const bounds = { baseMs: 250, capMs: 10_000 }
    const longest = [1, 2, 3, 6, 7, 2000].map((failures) => retryDelayMs(failures, bounds, () => 1))
    expect(longest).toEqual([250, 500, 1000, 8000, 10_000, 10_000])
    expect(retryDelayMs(3, bounds, () => 0)).toBe(0)
    expect(retryDelayMs(3, bounds, () => 0.5)).toBe(500)
  })
})

describe('watchForSilence', () => {
  function watch() {
    const clock = new ManualClock()
    let silences = 0
    return { clock, watch: watchForSilence(clock, 5000, () => (silences += 1)), silences: () => silences }
  }

  it('calls once when nothing was heard for the limit', () => {
    const { clock, silences } = watch()
    clock.advance(4999)
    expect(silences()).toBe(0)
    clock.advance(1)
    expect(silences()).toBe(1)
    clock.advance(60_000)
    expect(silences()).toBe(1)
  })

  it('is content with a sound now and then', () => {
    const { clock, watch: ears, silences } = watch()
    for (let second = 0; second < 60; second += 4) {
      clock.advance(4000)
      ears.heard()
    }
    expect(silences()).toBe(0)
  })

  it('blames nobody for the time in which this process was stopped', () => {
    const { clock, watch: ears, silences } = watch()
    clock.wakeAfter(60_000)
    expect(silences()).toBe(0)
    ears.heard()
    clock.advance(4999)
    expect(silences()).toBe(0)
  })

  it('is silent itself once stopped', () => {
    const { clock, watch: ears, silences } = watch()
    clock.advance(3000)
    ears.stop()
    clock.advance(60_000)
    expect(silences()).toBe(0)
  })
})

describe('connectionEnd', () => {
  const lost = (code: number): [unknown, object] => [{ code, reason: 'why' }, { kind: 'lost' }]

  it.each<[unknown, object]>([
    [
      { code: 4403, reason: 'Forbidden' },
      { kind: 'refused', message: 'Forbidden' },
    ],
    [{ code: 4409, reason: 'Superseded' }, { kind: 'superseded' }],
    [
      { code: 4410, reason: '' },
      { kind: 'lost', message: 'the server is going away' },
    ],
    [
      { code: 1006, reason: '' },
      { kind: 'lost', message: 'the connection broke' },
    ],
    ...[1000, 1001, 1009, 1011, 4400, 4401, 4429, 4500, 4999].map(lost),
    [
      { error: new AggregateError([], ''), message: '' },
      { kind: 'lost', message: 'unknown error' },
    ],
    [
      { error: Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), message: '' },
      { message: 'ECONNREFUSED' },
    ],
    [new Error('broken'), { kind: 'lost', message: 'broken' }],
    ['text', { kind: 'lost', message: 'text' }],
    [
      [{ message: 'Unexpected error.' }],
      { kind: 'lost', message: expect.stringContaining('Unexpected error.') as string },
    ],
    [[{ message: 'No.', extensions: { code: 'FORBIDDEN' } }], { kind: 'refused', message: 'No.' }],
    [[{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }], { kind: 'refused' }],
    [[{ message: 'No.', extensions: { code: 'PROTOCOL_UNSUPPORTED' } }], { kind: 'unsupported', message: 'No.' }],
  ])('reads %j as %j', (cause, end) => {
    expect(connectionEnd(cause)).toMatchObject(end)
  })
})

describe('submitAnswer', () => {
  const payload = { __typename: 'SubmitTaskResultsPayload', receipts: ['ACCEPTED', 'DUPLICATE'] } as const
  const answer = (submitTaskResults: object) => submitAnswer({ data: { submitTaskResults } as never }, 2)

  it('takes receipts only when there is one for each result', () => {
    expect(answer(payload)).toEqual({ kind: 'receipts', receipts: ['ACCEPTED', 'DUPLICATE'] })
    expect(answer({ ...payload, receipts: ['ACCEPTED'] })).toMatchObject({ kind: 'rejected' })
  })

  it('takes everything else as a rejection', () => {
    for (const __typename of ['InvalidInputError', 'ForbiddenError', 'UnauthenticatedError'])
      expect(answer({ __typename, code: 'CODE', message: 'Why.' })).toEqual({ kind: 'rejected', message: 'CODE: Why.' })
    expect(submitAnswer({ data: null, errors: [{ message: 'Unexpected.' }] }, 2)).toEqual({
      kind: 'rejected',
      message: 'Unexpected.',
    })
    expect(submitAnswer({ data: null }, 2)).toMatchObject({ kind: 'rejected' })
  })
})
