import { pino } from 'pino'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ClusterMessage } from '../../src/realtime/cluster-message.ts'
import { Claiming } from '../../src/scheduler/remote/claiming.ts'
import { Handoffs } from '../../src/scheduler/remote/handoffs.ts'
import { Offering } from '../../src/scheduler/remote/offering.ts'
import { RemoteWork } from '../../src/scheduler/remote/remote-work.ts'
import type { SchedulerDeps } from '../../src/scheduler/placing/deps.ts'
import { claimTasks } from '../../src/store/offers/claim-tasks.ts'
import { insertOffers } from '../../src/store/offers/insert-offers.ts'
import type { Offer } from '../../src/store/offers/offer.ts'
import { listOffers } from '../../src/store/offers/remove-offers.ts'
import { openStoreBench, type StoreBench } from '../store/support.ts'
import { Inbox } from '../support/inbox.ts'
import { idle } from '../support/other-replica.ts'
import { beginAtReplica, createResultParts, openSession } from './support/replica-parts.ts'

// The connection to the database breaks while a statement is on its way, or while its answer is.

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

const isBroken = () => Promise.reject(Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' }))

/** A statement that was done, as nobody is told. */
const doneButUntold = (run: () => Promise<unknown>) => run().then(isBroken)

/** A replica with one task in line beside another replica with two free slots. The first statement of this kind breaks. */
async function beginBeside(kind: 'insert' | 'claim', breakOff: (run: () => Promise<unknown>) => Promise<never>) {
  const { deps: whole, ending, owned } = await beginAtReplica(bench)
  const { offers } = whole.store
  const run = offers[kind] as (...parameters: unknown[]) => Promise<unknown>
  let isFirst = true
  const failing = (...parameters: unknown[]) => {
    if (!isFirst) return run(...parameters)
    isFirst = false
    return breakOff(() => run(...parameters))
  }
  const failures = new Inbox<unknown>('what the log tells of failures')
  const logger = Object.assign(pino({ level: 'silent' }), { error: (what: unknown) => failures.put(what) })
  const store = { ...whole.store, offers: { ...offers, [kind]: failing } }
  const deps: SchedulerDeps = { ...whole, logger, store }
  const broadcasts = new Inbox<ClusterMessage>('what other replicas are told')
  deps.announcer.connect({ announce: () => undefined, broadcast: (message) => broadcasts.put(message) })
  deps.state.others = [{ ...idle, slots: 2 }]
  const { attempts, catchUp } = createResultParts(deps, ending)
  const work = new RemoteWork(deps, attempts, catchUp, new Handoffs(deps, attempts, catchUp))
  const parts = { work, offering: new Offering(deps, work), claiming: new Claiming(deps, attempts) }
  return { deps, owned, other: await bench.replica(), broadcasts, failures, ...parts }
}

describe('an offer of which it is not known whether it was written', () => {
  test('stands, if it was: another takes the task, and nobody has it beside', async () => {
    const { deps, owned, other, offering, failures } = await beginBeside('insert', doneButUntold)
    deps.dispatcher.enqueue(owned, 0)
    offering.offerSoon()
    await failures.next()
    expect(deps.state.queue.size).toBe(0)
    expect(await claimTasks(bench.pool, other, v7(), 1)).toMatchObject([{ expressionId: owned.id, task: 0 }])
    expect(deps.state.remote.of(owned)).toMatchObject([{ task: 0, at: { kind: 'offered' } }])
  })

  test('is taken back by the next look, if it was not', async () => {
    const { deps, owned, offering, work, failures } = await beginBeside('insert', isBroken)
    deps.dispatcher.enqueue(owned, 0)
    offering.offerSoon()
    await failures.next()
    await work.sweep()
    expect(deps.state.queue.size).toBe(1)
    expect(deps.state.remote.of(owned)).toEqual([])
  })
})

describe('a claim of which it is not known whether it took anything', () => {
  const offer: Offer = {
    ...{ expressionId: v7(), task: 0, attempt: 1, epoch: 1, ownerId: v7(), operation: '+', operands: ['1', '2'] },
    ...{ durationMs: 1_000, remainingMs: 1_000, alone: false },
  }

  test('gives back what it took: no agent has it', async () => {
    const { deps, other, claiming, broadcasts } = await beginBeside('claim', doneButUntold)
    openSession(deps, v7())
    await insertOffers(bench.pool, other, [offer])
    claiming.noticeOffers()
    const tasks = [{ task: 0, attempt: 1, epoch: 1 }]
    expect(await broadcasts.next()).toEqual({ kind: 'released', expressionId: offer.expressionId, tasks })
    expect(await listOffers(bench.pool, other)).toEqual([])
  })

  test('leaves alone what it did not take: the next one does', async () => {
    const { deps, other, claiming, broadcasts, failures } = await beginBeside('claim', isBroken)
    openSession(deps, v7())
    await insertOffers(bench.pool, other, [offer])
    claiming.noticeOffers()
    await failures.next()
    claiming.noticeOffers()
    expect(await broadcasts.next()).toMatchObject({ kind: 'assigned', by: 'offer', expressionId: offer.expressionId })
  })
})
