import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { RefusalLog } from '../../src/scheduler/results/refusal-log.ts'
import { createMovableClock } from '../support/movable-clock.ts'

test('a thousand refused results of an agent are one line of the log, and the next line counts them', () => {
  const lines: Record<string, unknown>[] = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(JSON.parse(line.toString()) as Record<string, unknown>)
      done()
    },
  })
  const clock = createMovableClock()
  const log = new RefusalLog({ clock, logger: pino(stream) })
  for (let i = 0; i < 1_000; i++) log.note('ada')
  log.note('bob')
  expect(lines).toMatchObject([{ agent: 'ada' }, { agent: 'bob' }])
  clock.advance(61_000)
  log.note('ada')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatchObject({ agent: 'ada', refusedSince: 999 })
})
