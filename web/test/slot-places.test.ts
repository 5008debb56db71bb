import { expect, it } from 'vitest'
import { placeInSlots } from '../src/features/agents/slot-places.ts'

it('fills the first free cells', () => {
  expect(placeInSlots([], ['a', 'b'], 4)).toEqual(['a', 'b', null, null])
})

it('leaves an assignment where it is, in whatever order the server tells of it', () => {
  expect(placeInSlots(['a', 'b', 'c', null], ['d', 'c', 'b'], 4)).toEqual(['d', 'b', 'c', null])
})

it('follows an agent that comes back with another number of slots', () => {
  expect(placeInSlots(['a', 'b', 'c'], ['a'], 2)).toEqual(['a', null])
  expect(placeInSlots(['a'], ['a', 'b'], 3)).toEqual(['a', 'b', null])
})

it('has a cell for each assignment, even if there are more of them than slots', () => {
  expect(placeInSlots(['a'], ['a', 'b', 'c'], 2)).toEqual(['a', 'b', 'c'])
})
