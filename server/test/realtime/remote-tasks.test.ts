import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { encodePlan } from '../../src/domain/plan/plan-codec.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import { createAnnouncer } from '../../src/realtime/announcer.ts'
import { RemoteTasks } from '../../src/realtime/bridge/remote-tasks.ts'
import { createLive } from '../../src/realtime/live.ts'
import { SchedulerState } from '../../src/scheduler/memory/state.ts'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { planOf } from '../domain/support/compiling.ts'
import { newResult, openStoreBench, type StoreBench } from '../store/support.ts'

let bench: StoreBench

beforeAll(async () => {
  bench = await openStoreBench()
})
afterAll(() => bench.close())

test('what an owner has told stays, though the expression is being read for several at once', async () => {
  const id = await bench.expression(await bench.user(), {
    replicaId: await bench.replica(),
    plan: JSON.stringify(encodePlan(planOf('1+2'))),
  })
  const remote = new RemoteTasks(bench.database)
  const readings = Array.from({ length: 4 }, () => remote.tasksOf(id))
  const told = { status: 'ASSIGNED', attempt: 1, agentId: null, readyAt: 1, startedAt: 2 } as const
  remote.noteStates(id, [{ index: 0, version: 2 ** 20 + 2, ...told }])
  await Promise.all(readings)
  expect(await remote.tasksOf(id, [0])).toMatchObject([{ version: 2 ** 20 + 2, status: 'ASSIGNED' }])
})

describe('where what an owner told may be lost', () => {
  async function watched() {
    const replicaId = await bench.replica()
    const plan = JSON.stringify(encodePlan(planOf('1+2+3')))
    const id = await bench.expression(await bench.user(), { replicaId, plan, operationCount: 2 })
    const remote = new RemoteTasks(bench.database)
    const told = { status: 'ASSIGNED', attempt: 1, agentId: null, readyAt: 1, startedAt: 2 } as const
    remote.noteStates(id, [{ index: 0, version: 2 ** 20 + 2, ...told }])
    const statuses = async () => (await remote.tasksOf(id))?.map(({ status }) => status)
    expect(await statuses()).toEqual(['ASSIGNED', 'WAITING'])
    return { id, remote, statuses }
  }

  test('results are looked for in the log, and the rest stays as it was told', async () => {
    const { id, remote, statuses } = await watched()
    await appendResults(bench.pool, [newResult(id, 0)], [])
    expect(await statuses()).toEqual(['ASSIGNED', 'WAITING'])
    remote.doubt()
    expect(await statuses()).toEqual(['SUCCEEDED', 'READY'])
  })

  test('nothing is shown of what has ended in the meantime: the database tells', async () => {
    const { id, remote, statuses } = await watched()
    await bench.pool.query(`UPDATE expression SET status = 'CANCELLED', finished_at = now() WHERE id = $1`, [id])
    expect(await statuses()).toEqual(['ASSIGNED', 'WAITING'])
    remote.doubt([id])
    expect(await statuses()).toBeUndefined()
  })
})

test('what was read before an expression left its owner is not kept: the database tells', async () => {
  const replicaId = await bench.replica()
  const plan = JSON.stringify(encodePlan(planOf('1+2')))
  const id = await bench.expression(await bench.user(), { replicaId, plan, operationCount: 1 })
  const remote = new RemoteTasks(bench.database)
  const reading = remote.tasksOf(id)
  expect(remote.forget(id)).toEqual([])
  await bench.pool.query(`UPDATE expression SET status = 'CANCELLED', finished_at = now() WHERE id = $1`, [id])
  expect(await reading).toBeUndefined()
  expect(await remote.tasksOf(id)).toBeUndefined()
})

test('what is told of an expression that nobody watches here is kept for nobody', async () => {
  const replicaId = await bench.replica()
  const plan = JSON.stringify(encodePlan(planOf('1+2')))
  const id = await bench.expression(await bench.user(), { replicaId, plan, operationCount: 1 })
  const live = createLive({
    ...{ announcer: createAnnouncer(), clock: systemClock, database: bench.database, meter: silentMeter },
    ...{ logger: pino({ level: 'silent' }), state: new SchedulerState(systemClock) },
  })
  const told = { index: 0, status: 'ASSIGNED', attempt: 1, agentId: null, readyAt: 1, startedAt: 2 } as const
  live.noteRemoteTasks(id, [{ version: 2 ** 20 + 2, ...told }])
  const tasks = live.watchTasks(id)
  expect(await tasks.next()).toMatchObject({ value: [{ status: 'READY' }] })
  live.noteRemoteTasks(id, [{ version: 2 ** 20 + 3, ...told }])
  expect(await live.tasks(id)).toMatchObject([{ status: 'ASSIGNED' }])
  await tasks.return?.()
})
