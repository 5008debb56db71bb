import { pino } from 'pino'
import { expect, test } from 'vitest'
import { systemIds } from '../../src/ids.ts'
import type { SchedulerDeps } from '../../src/scheduler/placing/deps.ts'
import { testEnvironment } from '../support/test-environment.ts'
import { createIntake } from './support/replica-parts.ts'

test('while the queue cannot be read, whatever frees a slot does not ask for it anew each time', async () => {
  let now = 0
  let looks = 0
  const takeQueued = () => {
    looks++
    return Promise.reject(new Error('the database is gone'))
  }
  const deps = {
    clock: { now: () => now },
    store: { ownership: { takeQueued } },
    logger: pino({ level: 'silent' }),
    ids: systemIds,
    environment: testEnvironment(),
    state: { openSlots: 4, ownedTasks: 0, queue: { size: 0 }, users: [], hasUser: () => false },
  } as unknown as SchedulerDeps
  const intake = createIntake(deps)
  const freeSlots = async (count: number) => {
    for (let i = 0; i < count; i++) {
      intake.noticeBacklog()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await freeSlots(100)
  expect(looks).toBe(1)
  now = 500
  await freeSlots(100)
  expect(looks).toBe(2)
})
