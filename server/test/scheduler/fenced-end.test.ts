import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Announcement } from '../../src/realtime/announcer.ts'
import type { SchedulerDeps } from '../../src/scheduler/placing/deps.ts'
import { createScheduler } from '../../src/scheduler/scheduler.ts'
import { insertOffers } from '../../src/store/offers/insert-offers.ts'
import type { Offer } from '../../src/store/offers/offer.ts'
import { openStoreBench, type StoreBench } from '../store/support.ts'
import { beginAtReplica, createResults, openSession } from './support/replica-parts.ts'

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

const tooLarge = { code: 'RESULT_TOO_LARGE', message: 'too large' } as const
const failure = { ...tooLarge, task: 0, attempt: 1, agentId: null, elapsedMs: 1 }

/** Another replica has it now, and goes on with it. */
const takenOver = (id: string) => bench.pool.query('UPDATE expression SET epoch = epoch + 1 WHERE id = $1', [id])

/** What the others are told that ends something with them. */
function hearEnds({ announcer }: SchedulerDeps): Announcement['kind'][] {
  const heard: Announcement['kind'][] = []
  for (const kind of ['expressionLeft', 'expressionCancelled', 'faultFound', 'released'] as const)
    announcer.on(kind, () => heard.push(kind))
  return heard
}

describe('an expression that another replica has taken over', () => {
  test('does not fail for the one that had it', async () => {
    const { deps, ending, owned } = await beginAtReplica(bench)
    await takenOver(owned.id)
    const heard = hearEnds(deps)
    await ending.fail(owned, failure)
    expect(heard).toEqual([])
    expect(owned.phase).toBe('released')
    expect(await bench.row(owned.id)).toMatchObject({ status: 'RUNNING' })
  })

  test('does not succeed for the one that had it', async () => {
    const { deps, ending, owned } = await beginAtReplica(bench)
    await takenOver(owned.id)
    const heard = hearEnds(deps)
    for (const [task, value] of ['3', '7', '21'].entries())
      owned.graph.replay({ task, value, agentId: v7(), attempt: 1, startedAt: 0, finishedAt: 0 })
    await ending.endIfDone(owned)
    await expect.poll(() => owned.phase).toBe('released')
    expect(heard).toEqual([])
  })
})

test('an expression that its owner has ended has left it', async () => {
  const { deps, ending, owned } = await beginAtReplica(bench)
  const heard = hearEnds(deps)
  await ending.fail(owned, failure)
  expect(heard).toEqual(['expressionLeft'])
  expect(owned.phase).toBe('ended')
})

/** An agent here has a task that another replica has offered. */
async function claimOffer() {
  const { deps, ending, owned } = await beginAtReplica(bench)
  // It is of an expression that this replica has not got.
  deps.state.disown(owned)
  const offer: Offer = {
    ...{ expressionId: owned.id, ownerId: owned.ownerId, task: 0, attempt: 1, epoch: 1 },
    ...({
      operation: 'POWER',
      operands: ['10', '20000'],
      durationMs: 1_000,
      remainingMs: 2_000,
      alone: false,
    } as const),
  }
  await insertOffers(bench.pool, await bench.replica(), [offer])
  deps.state.others = [{ agents: 0, slots: 0, busySlots: 0, runningExpressions: 1, readyTasks: 1, tasksPerSecond: 0 }]
  const session = openSession(deps, v7())
  createScheduler({ ...deps, ticketSecret: 'a secret of these tests', housekeeping: [] })
  deps.announcer.relay({ kind: 'tasksOffered' })
  await expect.poll(() => session.assignments.size).toBe(1)
  const returnError = () => {
    const [ticket = ''] = session.assignments.keys()
    const result = { ticket, elapsedMs: 1, outcome: { kind: 'error', ...tooLarge } } as const
    return createResults(deps, ending).submit(session.agentId, [result])
  }
  return { deps, owned, session, returnError }
}

test('arithmetic that has no result, in a task of another replica, is told to whoever owns the expression', async () => {
  const { deps, owned, returnError } = await claimOffer()
  const heard = hearEnds(deps)
  expect(await returnError()).toEqual(['ACCEPTED'])
  expect(heard).toEqual(['faultFound', 'released'])
  expect(await bench.row(owned.id)).toMatchObject({ status: 'RUNNING' })
  expect((await bench.pool.query('SELECT FROM offer')).rowCount).toBe(0)
})

test('word that an expression has left a replica takes no task from its agent that a later owner has offered', async () => {
  const { deps, owned, session } = await claimOffer()
  const left = { kind: 'expressionLeft', id: owned.id, ownerId: owned.ownerId, mayBeElsewhere: true } as const
  deps.announcer.relay({ ...left, epoch: 0 })
  expect(session.assignments.size).toBe(1)
  deps.announcer.relay({ ...left, epoch: 1 })
  expect(session.assignments.size).toBe(0)
})

test('word that an expression begins anew ends what is here of it before that, and not what was taken since', async () => {
  const { deps, owned } = await beginAtReplica(bench)
  createScheduler({ ...deps, ticketSecret: 'a secret of these tests', housekeeping: [] })
  const anew = { kind: 'expressionRetried', id: owned.id, ownerId: owned.ownerId } as const
  deps.announcer.relay({ ...anew, epoch: owned.epoch })
  expect(owned.phase).toBe('running')
  deps.announcer.relay({ ...anew, epoch: owned.epoch + 1 })
  expect(owned.phase).toBe('ended')
})
