import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { heartbeatReplica } from '../../src/store/replicas/heartbeat-replica.ts'
import { removeAllReplicas } from '../../src/store/replicas/register-replica.ts'
import { openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

const stats = (agents: number) => ({
  agents,
  ...{ slots: 4, busySlots: 2, runningExpressions: 1, readyTasks: 0, tasksPerSecond: 1.5 },
})
const beat = (id: string, agents = 0, mayJudge = true) =>
  heartbeatReplica(bench.pool, id, stats(agents), 4_000, mayJudge)
const silence = (id: string, seconds: number) => bench.age('replica', 'heartbeat_at', id, seconds)

test('replicas tell each other their figures', async () => {
  const [one, other] = [await bench.replica(), await bench.replica()]
  await beat(one, 1)
  expect(await beat(other, 2)).toEqual({ alive: true, hasQueued: false, others: [stats(1)] })
  expect(await beat(one, 3)).toEqual({ alive: true, hasQueued: false, others: [stats(2)] })
})

test('one that was silent past its time is removed by the others, and learns it', async () => {
  const [one, late] = [await bench.replica(), await bench.replica()]
  await beat(late, 7)
  await silence(late, 3)
  expect((await beat(one)).others).toEqual([stats(7)])
  await silence(late, 2)
  expect(await beat(one)).toEqual({ alive: true, hasQueued: false, others: [] })
  expect(await beat(late)).toMatchObject({ alive: false })
})

test('one that is late but was not missed lives on', async () => {
  const late = await bench.replica()
  await silence(late, 60)
  expect(await beat(late)).toEqual({ alive: true, hasQueued: false, others: [] })
})

test('of two that are both late, the first to be back stays', async () => {
  const [one, other] = [await bench.replica(), await bench.replica()]
  await silence(one, 60)
  await silence(other, 60)
  expect((await beat(one)).alive).toBe(true)
  expect((await beat(other)).alive).toBe(false)
})

test('one that may not judge removes nobody', async () => {
  const [one, other] = [await bench.replica(), await bench.replica()]
  await silence(other, 60)
  expect(await beat(one, 0, false)).toMatchObject({ alive: true, hasQueued: false, others: [{}] })
  expect((await beat(other)).alive).toBe(true)
})

test('a server that is alone clears away what earlier ones left', async () => {
  const earlier = await bench.replica()
  await removeAllReplicas(bench.pool)
  expect((await beat(earlier)).alive).toBe(false)
})
