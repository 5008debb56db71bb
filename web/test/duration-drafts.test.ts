import { expect, it } from 'vitest'
import { changedDurations, problemsByName, unsentDrafts } from '../src/features/operations/duration-drafts.ts'

const durations = [
  { name: '+', durationMs: 1000 },
  { name: 'gcd', durationMs: 3000 },
] as const

it('sends only what was changed', () => {
  expect(changedDurations(durations, {})).toEqual([])
  expect(changedDurations(durations, { '+': '1000', gcd: ' 250 ' })).toEqual([{ name: 'gcd', durationMs: 250 }])
})

it.each(['', 'abc', '1.5', '-3', '1e3', '99999999999'])('sends %j as what the server refuses', (draft) => {
  expect(changedDurations(durations, { '+': draft })).toEqual([{ name: '+', durationMs: -1 }])
})

it('keeps what was typed while others were being saved', () => {
  const sent = { '+': '5', gcd: '7' }
  expect(unsentDrafts({ '+': '5', gcd: '70', '-': '1' }, sent)).toEqual({ gcd: '70', '-': '1' })
})

it('finds the operation that an error is about by its place in what was sent', () => {
  const sent = [{ name: 'gcd', durationMs: -1 }] as const
  expect(problemsByName([{ path: 'durations.0.durationMs', message: 'must be positive' }], sent)).toEqual({
    gcd: 'must be positive',
  })
  expect(problemsByName([{ path: 'durations', message: 'too many' }], sent)).toEqual({})
})
