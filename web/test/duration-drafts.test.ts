import { expect, it } from 'vitest'
import { changedDurations, problemsByKind } from '../src/features/operations/duration-drafts.ts'

const durations = [
  { kind: 'ADD', durationMs: 1000 },
  { kind: 'DIVIDE', durationMs: 3000 },
] as const

it('sends only what was changed', () => {
  expect(changedDurations(durations, {})).toEqual([])
  expect(changedDurations(durations, { ADD: '1000', DIVIDE: ' 250 ' })).toEqual([{ kind: 'DIVIDE', durationMs: 250 }])
})

it.each(['', 'abc', '1.5', '-3', '1e3', '99999999999'])('sends %j as what the server refuses', (draft) => {
  expect(changedDurations(durations, { ADD: draft })).toEqual([{ kind: 'ADD', durationMs: -1 }])
})

it('finds the operation that an error is about by its place in what was sent', () => {
  const sent = [{ kind: 'DIVIDE', durationMs: -1 }] as const
  expect(problemsByKind([{ path: 'durations.0.durationMs', message: 'must be positive' }], sent)).toEqual({
    DIVIDE: 'must be positive',
  })
  expect(problemsByKind([{ path: 'durations', message: 'too many' }], sent)).toEqual({})
})
