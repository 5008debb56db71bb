import { expect, it } from 'vitest'
import { Tallies } from '../../src/scheduler/memory/tallies.ts'

const counts = (done: number) => ({ done, failed: 0, lost: 0 })

it('tells of an agent what its row had when it came and what it has done since, also while that is written', () => {
  const tallies = new Tallies()
  tallies.begin('ada', counts(100))
  tallies.count('ada', 'done', 5)
  expect(tallies.totalOf('ada')).toEqual(counts(105))
  const underWay = tallies.unwritten()
  tallies.count('ada', 'done', 2)
  // It comes again while its row may have five more, or not yet.
  tallies.begin('ada', counts(105))
  expect(tallies.totalOf('ada')).toEqual(counts(107))
  // Another replica has counted three in the same row.
  tallies.noteWritten(underWay, [{ agentId: 'ada', ...counts(108) }])
  expect(tallies.totalOf('ada')).toEqual(counts(110))
  expect(tallies.unwritten()).toEqual([{ agentId: 'ada', ...counts(2) }])
})

it('tells nothing of an agent of which it does not know what its row has, and forgets those that are gone once all is written', () => {
  const tallies = new Tallies()
  tallies.count('gone', 'lost')
  expect(tallies.totalOf('gone')).toBeUndefined()
  tallies.forgetWritten(() => false)
  const written = tallies.unwritten()
  expect(written).toEqual([{ agentId: 'gone', done: 0, failed: 0, lost: 1 }])
  tallies.noteWritten(written, [{ agentId: 'gone', done: 7, failed: 0, lost: 3 }])
  expect(tallies.totalOf('gone')).toEqual({ done: 7, failed: 0, lost: 3 })
  tallies.forgetWritten(() => false)
  expect(tallies.totalOf('gone')).toBeUndefined()
})
