import { expect, test } from 'vitest'
import { encodePlan } from '../../src/domain/plan/plan-codec.ts'
import { demandOfQueued, type ScaleReport } from '../../src/use-cases/scale-report.ts'
import { planOf } from '../domain/support/compiling.ts'
import { submit } from '../support/expressions.ts'
import { joinAsReplica } from '../support/other-replica.ts'
import type { TestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'
import { metricsToken, originOf, withToken } from './support.ts'

const environment = { METRICS_TOKEN: metricsToken }

const scaleOf = async (app: TestApp): Promise<ScaleReport> =>
  (await (await fetch(`${originOf(app)}/scale`, withToken)).json()) as ScaleReport

test('where there is no agent, what waits in the queue asks for its first wave of slots', async () => {
  const { app, admin } = await startWorld({ environment })
  expect(await scaleOf(app)).toEqual({
    slots: { useful: 0, busy: 0, total: 0 },
    tasks: { ready: 0, oldestSeconds: 0 },
    byOperation: {},
  })
  await submit(admin, '(1+2)*(3+4)-gcd(4, 6)')
  await expect.poll(async () => (await scaleOf(app)).slots.useful, { timeout: 5_000 }).toBe(3)
  expect(await scaleOf(app)).toMatchObject({
    slots: { useful: 3, busy: 0, total: 0 },
    tasks: { ready: 3, oldestSeconds: expect.closeTo(0, -2) as number },
    byOperation: { '+': { ready: 2, busy: 0, useful: 2 }, gcd: { ready: 1, busy: 0, useful: 1 } },
  })
})

test('what waits for one task asks for its slots before that task is done', async () => {
  const { app, admin, openAgent } = await startWorld({ environment })
  const agent = await openAgent({ slots: 1 })
  await submit(admin, 'x = 1 + 1; (x * 2) + (x * 3) + (x * 4) + (x * 5)')
  await agent.take(1)
  await expect
    .poll(async () => (await scaleOf(app)).slots, { timeout: 5_000 })
    .toEqual({ useful: 4, busy: 1, total: 1 })
  expect((await scaleOf(app)).byOperation).toEqual({
    '+': { ready: 0, busy: 1, useful: 1 },
    '*': { ready: 0, busy: 0, useful: 4 },
  })
})

test('whichever replica is asked tells of them all', async () => {
  const { app } = await startWorld({ environment, alone: false })
  await joinAsReplica(app.databaseUrl, {
    slots: 8,
    busySlots: 3,
    demand: { ready: 5, busy: 3, useful: 9, byOperation: [['^', 5, 3, 9]], oldestReadyMs: 70_000 },
  })
  await expect
    .poll(async () => (await scaleOf(app)).slots, { timeout: 5_000 })
    .toEqual({ useful: 9, busy: 3, total: 8 })
  expect(await scaleOf(app)).toMatchObject({
    tasks: { ready: 5, oldestSeconds: 70 },
    byOperation: { '^': { ready: 5, busy: 3, useful: 9 } },
  })
})

test('of a queue whose plans are not all read the rest counts as those on average', () => {
  const plan = encodePlan(planOf('(1+2)*(3+4)'))
  const row = { operationCount: 3, ageMs: 0 }
  const demand = demandOfQueued([
    { ...row, plan },
    { ...row, plan: null },
    { ...row, plan: null },
  ])
  expect(demand).toMatchObject({ ready: 6, useful: 6 })
  expect(demand.byOperation.get('+')).toEqual({ ready: 6, busy: 0, useful: 6 })
  expect(demandOfQueued([])).toMatchObject({ ready: 0, useful: 0 })
})
