import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodePlan } from '../../src/domain/plan-codec.ts'
import { RemoteTasks } from '../../src/realtime/bridge/remote-tasks.ts'
import { planOf } from '../domain/support/compiling.ts'
import { openStoreBench, type StoreBench } from '../store/support.ts'

let bench: StoreBench

beforeAll(async () => {
  bench = await openStoreBench()
})
afterAll(() => bench.close())

test('what an owner has told stays, though the expression is being read for several at once', async () => {
  const id = await bench.expression(await bench.user(), {
    replicaId: await bench.replica(),
    plan: encodePlan(planOf('1+2')),
  })
  const remote = new RemoteTasks(bench.database)
  const readings = Array.from({ length: 4 }, () => remote.tasksOf(id))
  const told = { status: 'ASSIGNED', attempt: 1, agentId: null, readyAt: 1, startedAt: 2 } as const
  remote.take(id, [{ index: 0, version: 2 ** 20 + 2, ...told }])
  await Promise.all(readings)
  expect(await remote.tasksOf(id, [0])).toMatchObject([{ version: 2 ** 20 + 2, status: 'ASSIGNED' }])
})
