import { pino } from 'pino'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock, type Clock } from '../../src/clock.ts'
import { systemIds } from '../../src/ids.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import type { Announcement } from '../../src/realtime/announcer.ts'
import { Feed } from '../../src/realtime/feed/feed.ts'
import { createLive } from '../../src/realtime/live.ts'
import { TokenBucket } from '../../src/realtime/feed/pace.ts'
import { Appender } from '../../src/scheduler/results/appender.ts'
import { CatchUp } from '../../src/scheduler/results/catch-up.ts'
import type { OwnedExpression } from '../../src/scheduler/memory/owned-expression.ts'
import type { SchedulerDeps } from '../../src/scheduler/placing/deps.ts'
import { loadOwned } from '../../src/scheduler/ownership/loader.ts'
import { Membership } from '../../src/scheduler/ownership/membership.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createSchedulerStore, type LogStore } from '../../src/store/scheduler-store.ts'
import { adoptExpressions } from '../../src/store/expressions/adopt-expressions.ts'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { cancelExpression as cancelRow } from '../../src/store/expressions/cancel-expression.ts'
import { recordFailedAttempts } from '../../src/store/expressions/failed-attempts.ts'
import { loadExpressions, type ExpressionRow } from '../../src/store/expressions/load-expressions.ts'
import { loadResults } from '../../src/store/expressions/load-logs.ts'
import { listReplicas } from '../../src/store/replicas/list-replicas.ts'
import { removeReplica } from '../../src/store/replicas/register-replica.ts'
import { AuditLog } from '../../src/use-cases/accounts/audit-log.ts'
import { cancelExpression } from '../../src/use-cases/expressions/cancel-expression.ts'
import type { SubmittedResult } from '../../src/use-cases/scheduler-port.ts'
import {
  beginAtReplica,
  createIntake,
  createResultParts,
  createResults,
  openSession,
} from '../scheduler/support/replica-parts.ts'
import { newResult, openStoreBench, type StoreBench } from '../store/support.ts'
import { createMovableClock } from '../support/movable-clock.ts'

// What the simulation found, shown once more on the scheduler's own parts and a real database.

const logger = pino({ level: 'silent' })
const now = systemClock.now()

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

const begin = (clock?: Clock) => beginAtReplica(bench, clock)

const arrivedAt = (owned: OwnedExpression, agentId: string) => {
  owned.graph.compute(0, '3', agentId, now)
  const times = { startedAt: now, finishedAt: now }
  return { expressionId: owned.id, task: 0, attempt: 2, agentId, value: '3', ...times, owned }
}

describe('an expression that goes on elsewhere', () => {
  test('keeps the results that waited here for their place in the log', async () => {
    const { deps, ending, owned } = await begin()
    const receipt = new Appender(deps, ending).add([arrivedAt(owned, v7())])
    ending.release(owned)
    expect(await receipt).toEqual(['ACCEPTED'])
    expect(await loadResults(bench.pool, owned.id, [0])).toMatchObject([{ value: '3' }])
  })

  test('tells its new owner of what was on its way to the log', async () => {
    const { deps, ending, owned } = await begin()
    const told: string[] = []
    deps.announcer.on('logWritten', ({ expressionId }) => told.push(expressionId))
    const receipt = new Appender(deps, ending).add([arrivedAt(owned, v7())])
    await Promise.resolve()
    ending.release(owned)
    expect(await receipt).toEqual(['ACCEPTED'])
    expect(told).toEqual([owned.id])
  })

  test('is read again for those who watch it here', async () => {
    const { deps, ending, owned } = await begin()
    const told: Announcement[] = []
    deps.announcer.on('expression', (announcement) => told.push(announcement))
    deps.announcer.on('tasks', (announcement) => told.push(announcement))
    ending.release(owned)
    expect(told).toEqual([
      { kind: 'expression', id: owned.id, ownerId: owned.ownerId },
      { kind: 'tasks', expressionId: owned.id, tasks: [0, 1, 2] },
    ])
  })

  test('and comes back under a new epoch, is here but once', async () => {
    const { deps, ending, owned } = await begin()
    const [again] = await loadOwned(deps, ending, await adoptExpressions(bench.pool, deps.replicaId, []))
    expect(owned.phase).toBe('released')
    expect(deps.state.owned.get(owned.id)).toBe(again)
    // The answer to its insertion comes only now.
    const intake = createIntake(deps, ending)
    intake.begin({ id: owned.id, ownerId: owned.ownerId, epoch: 1, plan: owned.graph.plan })
    expect(deps.state.owned.get(owned.id)).toBe(again)
  })
})

test('an expression whose attempts are spent fails of the last one, and not before that is written', async () => {
  const { deps, ending, owned } = await begin()
  const { attempts } = createResultParts(deps, ending)
  const { MAX_ATTEMPTS: last } = deps.environment
  const lose = (attempt: number) => {
    const failure = { outcome: 'AGENT_LOST', alone: attempt === last } as const
    owned.noteFailure(0, attempt, failure)
    const message = `attempt ${attempt}`
    return {
      ...{ expressionId: owned.id, task: 0, attempt, agentId: v7(), epoch: 1, startedAgoMs: 10 },
      ...failure,
      message,
    }
  }
  const lost = Array.from({ length: last }, (_, place) => lose(place + 1))
  await recordFailedAttempts(bench.pool, lost.slice(0, -1))
  await attempts.noteElsewhere(owned)
  expect(owned.phase).toBe('running')
  await recordFailedAttempts(bench.pool, lost)
  await attempts.noteElsewhere(owned)
  expect(owned.phase).toBe('ended')
  const { failure } = await bench.row(owned.id)
  expect(failure).toMatchObject({ code: 'ATTEMPTS_SPENT', task: 0, attempt: last })
})

test('an expression is told as it stands in the database, when it was taken and when it has ended', async () => {
  const { deps, ending } = await begin()
  const [owned] = await loadOwned(deps, ending, await adoptExpressions(bench.pool, deps.replicaId, []))
  const { id, graph } = owned!
  const read = async () => (await loadExpressions(bench.pool, [id]))[0]
  expect(owned!.row).toEqual(await read())
  const told: (ExpressionRow | undefined)[] = []
  deps.announcer.on('expression', ({ row }) => told.push(row))
  for (const [task, value] of ['3', '7', '21'].entries()) {
    graph.compute(task, value, v7(), now)
    await new Appender(deps, ending).add([{ ...arrivedAt(owned!, v7()), task, value }])
  }
  expect(told.at(-1)).toMatchObject({ status: 'SUCCEEDED', result: '21' })
  expect(told.at(-1)).toEqual(await read())
})

describe('an expression whose results are written by several', () => {
  test('ends, though the last that was written was not the last that was brought', async () => {
    const { deps, ending, owned } = await begin()
    const { graph } = owned
    const times = { startedAt: now, finishedAt: now }
    const elsewhere = [
      { task: 1, value: '7' },
      { task: 2, value: '21' },
    ].map((result) => ({ ...result, agentId: v7(), attempt: 1 }))
    await appendResults(
      bench.pool,
      elsewhere.map(({ task, ...result }) => newResult(owned.id, task, result)),
      [],
    )
    const receipt = new Appender(deps, ending).add([arrivedAt(owned, v7())])
    // The write is under way; meanwhile the hint of what others wrote comes in.
    await Promise.resolve()
    for (const result of elsewhere) graph.replay({ ...result, ...times })
    expect(await receipt).toEqual(['ACCEPTED'])
    expect(await bench.row(owned.id)).toMatchObject({ status: 'SUCCEEDED', result: '21' })
    expect(deps.state.owned.size).toBe(0)
  })

  test('frees the slots of those who computed in vain for what waits', async () => {
    const { deps, ending, owned } = await begin()
    const agent = openSession(deps, v7())
    for (const task of owned.graph.ready()) deps.dispatcher.enqueue(owned, task)
    await new Promise(setImmediate)
    expect([...agent.assignments.values()]).toMatchObject([{ task: 0 }])
    await appendResults(bench.pool, [newResult(owned.id, 0, { value: '3' })], [])
    await new CatchUp(deps, ending).run(owned)
    await new Promise(setImmediate)
    expect([...agent.assignments.values()]).toMatchObject([{ task: 1 }])
  })
})

test('an agent that is lost and comes back does not fall behind what was told of it', async () => {
  const { deps, owned } = await begin()
  const agentId = v7()
  const earlier = openSession(deps, agentId)
  for (const task of owned.graph.ready()) deps.dispatcher.enqueue(owned, task)
  await new Promise(setImmediate)
  expect(earlier.assignments.size).toBe(1)
  deps.state.sessions.delete(agentId)
  const back = openSession(deps, agentId)
  deps.dispatcher.request()
  await new Promise(setImmediate)
  expect(back.assignments.size).toBe(1)
  expect(back.revision).toBeGreaterThan(earlier.revision)
})

test('a replica that is gone is noticed, though another has come in its place', async () => {
  const { deps, ending } = await begin()
  const membership = new Membership(deps, ending)
  let missed = 0
  deps.announcer.on('missed', () => missed++)
  const gone = await bench.replica()
  await membership.beat()
  await removeReplica(bench.pool, gone)
  await bench.replica()
  await membership.beat()
  expect(missed).toBe(1)
  await membership.beat()
  expect(missed).toBe(1)
})

test('a replica that was out of reach gives the others their time before it takes them for lost', async () => {
  const clock = createMovableClock()
  const { deps, ending } = await begin(clock)
  const membership = new Membership(deps, ending)
  await membership.beat()
  const other = await bench.replica()
  const isThere = async () => {
    await bench.age('replica', 'heartbeat_at', other, 60)
    await membership.beat()
    return (await listReplicas(bench.pool)).has(other)
  }
  const timeoutMs = deps.environment.REPLICA_TIMEOUT_MS
  clock.advance(timeoutMs)
  expect(await isThere()).toBe(true)
  for (let passedMs = 1_000; passedMs < timeoutMs; passedMs += 1_000) {
    clock.advance(1_000)
    expect(await isThere()).toBe(true)
  }
  clock.advance(1_000)
  expect(await isThere()).toBe(false)
})

test('a cancellation whose answer was lost is told of when it is asked for again', async () => {
  const { deps, owned } = await begin()
  const { announcer, meter, state } = deps
  const { database } = bench
  const live = createLive({ database, announcer, state, clock: systemClock, logger, meter })
  await cancelRow(bench.pool, owned.id)
  const told: string[] = []
  announcer.on('expressionCancelled', ({ id }) => told.push(id))
  const accounts = { audit: new AuditLog({ pool: bench.pool, clock: systemClock, ids: systemIds, logger, meter }) }
  await cancelExpression(
    { accounts, database, announcer, live, meter },
    { kind: 'user', userId: owned.ownerId },
    owned.id,
  )
  expect(told).toEqual([owned.id])
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
    owned.graph.assign(0, { agentId: v7(), attempt: 2, ticket: 'of the second attempt' }, now)
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
    meter: silentMeter,
    logger,
  })
  const changes = feed.subscribe('topic', () => Promise.resolve([{ key: 'one', version: 1 }]))
  expect(await changes.next()).toMatchObject({ value: [{ version: 1 }] })
  let asked = 0
  const keysOf = () => (++asked === 1 ? Promise.reject(new Error('the database is gone')) : Promise.resolve(['one']))
  await feed.refresh(keysOf)
  expect(await changes.next()).toMatchObject({ value: [{ key: 'one', version: 2 }] })
})

test('a result that cannot be looked up fails its mutation at once, though another waits for its place in the log', async () => {
  const { deps, ending, owned } = await begin()
  const database = openDatabase(
    { connection: { connectionString: 'postgresql://nobody@127.0.0.1:1/none' } },
    { applicationName: 'test', connections: 8, onIdleError() {} },
  )
  const cutOff: SchedulerDeps = { ...deps, store: createSchedulerStore(database) }
  let open = () => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  const { store } = deps
  const log: LogStore = { ...store.log, append: (...rows) => gate.then(() => store.log.append(...rows)) }
  const appender = new Appender({ ...deps, store: { ...store, log } }, ending)
  const agentId = v7()
  const resultOf = (expressionId: string): SubmittedResult => ({
    ticket: deps.tickets.issue({ expressionId, task: 0, attempt: 1, epoch: owned.epoch }, agentId),
    elapsedMs: 1,
    outcome: { kind: 'value', value: '3' },
  })
  const submitted = createResults(cutOff, ending, appender).submit(agentId, [resultOf(owned.id), resultOf(v7())])
  await expect(submitted).rejects.toThrow()
  open()
  await appender.idle()
  expect(await loadResults(bench.pool, owned.id, [0])).toMatchObject([{ value: '3' }])
  await database.close()
})
