import { pino } from 'pino'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Sweeper } from '../../src/scheduler/sweeps.ts'

test('a sweep that goes on for long ends when it is asked to, and is waited for', async () => {
  const sweeper = new Sweeper({ clock: systemClock, logger: pino({ level: 'silent' }) })
  let hasEnded = false
  const begun = new Promise<void>((resolve) => {
    sweeper.start([
      {
        name: 'without end',
        everyMs: 1,
        async run(isStopping) {
          resolve()
          while (!isStopping()) await new Promise((next) => setImmediate(next))
          hasEnded = true
        },
      },
    ])
  })
  await begun
  await sweeper.stop()
  expect(hasEnded).toBe(true)
})
