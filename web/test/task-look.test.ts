import { expect, test } from 'vitest'
import { mostUrgent, stateOf } from '../src/features/expression/task/task-look.ts'

const task = (startedAt: string | null, isRunning: boolean) => ({ status: 'ASSIGNED', startedAt, isRunning }) as const

test('what an agent has runs only while it is computed: not before its slot is free, nor when its result is on its way', () => {
  const [ahead, running, saving] = [task(null, false), task('2026-11-28', true), task('2026-11-28', false)]
  expect([ahead, running, saving].map(stateOf)).toEqual(['ahead', 'running', 'saving'])
  expect(mostUrgent([ahead, saving, running])).toBe(running)
})
