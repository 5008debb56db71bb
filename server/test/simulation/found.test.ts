import { pino } from 'pino'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { encodePlan } from '../../src/domain/plan-codec.ts'
import { systemIds } from '../../src/ids.ts'
import { createAnnouncer, type Announcement } from '../../src/realtime/announcer.ts'
import { Feed } from '../../src/realtime/feed.ts'
import { TokenBucket } from '../../src/realtime/pace.ts'
import { Appender } from '../../src/scheduler/appender.ts'
import { CatchUp } from '../../src/scheduler/catch-up.ts'
import type { SchedulerDeps } from '../../src/scheduler/deps.ts'
import { Dispatcher } from '../../src/scheduler/dispatcher.ts'
import { Ending } from '../../src/scheduler/ending.ts'
import { Intake } from '../../src/scheduler/intake.ts'
import { Loader } from '../../src/scheduler/loader.ts'
import { OwnedExpression } from '../../src/scheduler/owned-expression.ts'
import { Recovery } from '../../src/scheduler/recovery.ts'
import { SchedulerState } from '../../src/scheduler/state.ts'
import { Tickets } from '../../src/scheduler/ticket.ts'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { loadResults } from '../../src/store/expressions/load-logs.ts'
import { planOf } from '../domain/support/compiling.ts'
import { newResult, openStoreBench, type StoreBench } from '../store/support.ts'
import { testEnvironment } from '../support/test-environment.ts'

// What the simulation found, shown once more on the scheduler's own parts and a real database.

const logger = pino({ level: 'silent' })
const plan = planOf('(1+2)*(3+4)')
const now = systemClock.now()

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

/** A replica's parts, and an expression that it has begun. */
async function begin() {
  const announcer = createAnnouncer()
  const state = new SchedulerState(systemClock)
  const shared = { clock: systemClock, announcer, state, tickets: new Tickets('a secret of these tests') }
  const deps: SchedulerDeps = {
    ...shared,
    ...{ environment: testEnvironment(), logger, ids: systemIds, database: bench.database },
    dispatcher: new Dispatcher(shared),
    replicaId: await bench.replica(),
    get live(): never {
      throw new Error('these parts read nothing for watchers')
    },
  }
  const ownerId = await bench.user()
  const id = await bench.expression(ownerId, { replicaId: deps.replicaId, plan: encodePlan(plan) })
  const owned = new OwnedExpression({ id, ownerId, epoch: 1, retryEpoch: 0, plan }, [], state.currentDurations, now)
  state.own(owned)
  return { deps, ending: new Ending(deps), owned }
}

const arrivedAt = (owned: OwnedExpression, agentId: string) => {
  owned.graph.compute(0, '3', agentId, now)
  const times = { readyAt: now, startedAt: now }
  return { expressionId: owned.id, task: 0, attempt: 2, agentId, value: '3', ...times, owned }
}

describe('an expression that goes on elsewhere', () => {
  test('keeps the results that waited here for their place in the log', async () => {
    const { deps, ending, owned } = await begin()
    const receipt = new Appender(deps, ending).add([arrivedAt(owned, v7())])
    ending.letGo(owned)
    expect(await receipt).toEqual(['ACCEPTED'])
    expect(await loadResults(bench.pool, owned.id, [0])).toMatchObject([{ value: '3' }])
  })

  test('is read again for those who watch it here', async () => {
    const { deps, ending, owned } = await begin()
    const told: Announcement[] = []
    deps.announcer.on('expression', (announcement) => told.push(announcement))
    deps.announcer.on('tasks', (announcement) => told.push(announcement))
    ending.letGo(owned)
    expect(told).toEqual([
      { kind: 'expression', id: owned.id, ownerId: owned.ownerId },
      { kind: 'tasks', expressionId: owned.id, tasks: [0, 1, 2] },
    ])
  })

  test('and comes back under a new epoch, is here but once', async () => {
    const { deps, ending, owned } = await begin()
    const row = { id: owned.id, ownerId: owned.ownerId, plan: encodePlan(plan), epoch: 2, retryEpoch: 0 }
    const [again] = await new Loader(deps, ending).load([row])
    expect(owned.ended).toBe(true)
    expect(deps.state.owned.get(owned.id)).toBe(again)
    // The answer to its insertion comes only now.
    const catchUp = new CatchUp(deps, ending)
    const intake = new Intake(deps, new Recovery(deps), catchUp, ending)
    intake.begin({ id: owned.id, ownerId: owned.ownerId, epoch: 1, plan })
    expect(deps.state.owned.get(owned.id)).toBe(again)
  })
})

describe('a result that another agent brought first', () => {
  const first = { agentId: v7(), attempt: 1 }

  test('is shown as that agent’s, though memory did not know of it', async () => {
    const { deps, ending, owned } = await begin()
    await appendResults(bench.pool, [newResult(owned.id, 0, { value: '3', ...first })], [])
    expect(await new Appender(deps, ending).add([arrivedAt(owned, v7())])).toEqual(['DUPLICATE'])
    expect(owned.views([0])).toMatchObject([{ status: 'SUCCEEDED', ...first }])
  })

  test('is shown with its attempt, though a later one was made', async () => {
    const { deps, ending, owned } = await begin()
    owned.graph.hold(0, { agentId: v7(), attempt: 2, ticket: 'of the second attempt' }, now)
    await appendResults(bench.pool, [newResult(owned.id, 0, { value: '3', ...first })], [])
    await new CatchUp(deps, ending).run(owned)
    owned.graph.noteAttempt(0, 2)
    expect(owned.views([0])).toMatchObject([{ status: 'SUCCEEDED', ...first }])
  })
})

test('what was missed is asked for until the database tells', async () => {
  const pace = new TokenBucket(systemClock, 100, 100)
  const load = (keys: readonly string[]) => Promise.resolve(keys.map((key) => ({ key, version: 2 })))
  const feed = new Feed({
    load,
    keyOf: ({ key }) => key,
    versionOf: ({ version }) => version,
    pace,
    snapshotGapMs: 0,
    clock: systemClock,
    logger,
  })
  const changes = feed.subscribe('topic', () => Promise.resolve([{ key: 'one', version: 1 }]))
  expect(await changes.next()).toMatchObject({ value: [{ version: 1 }] })
  let asked = 0
  const keysOf = () => (++asked === 1 ? Promise.reject(new Error('the database is gone')) : Promise.resolve(['one']))
  await feed.refresh(keysOf)
  expect(await changes.next()).toMatchObject({ value: [{ key: 'one', version: 2 }] })
})
