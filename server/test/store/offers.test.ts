import type { Pool } from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertOffers } from '../../src/store/offers/insert-offers.ts'
import type { Offer } from '../../src/store/offers/offer.ts'
import { listOffers, removeLostOffers, withdrawOffers } from '../../src/store/offers/remove-offers.ts'
import { openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

const expressionId = v7()

const offerOf = (task: number): Offer => ({
  ...{ expressionId, task, attempt: 1, epoch: 1, ownerId: v7(), operation: '+', operands: ['1', '2'] },
  ...{ durationMs: 1, remainingMs: 1, alone: false },
})

/** Two offers, of which somebody else is just writing the second. */
async function whileOneIsWritten(offeredBy: string, act: (pool: Pool) => Promise<void>): Promise<void> {
  await insertOffers(bench.pool, offeredBy, [offerOf(0), offerOf(1)])
  const other = await bench.otherPool.connect()
  try {
    await other.query('BEGIN')
    await other.query('SELECT FROM offer WHERE task = 1 FOR UPDATE')
    await act(bench.pool)
    await other.query('COMMIT')
  } finally {
    other.release(true)
  }
}

const tasksOffered = async (by: string) => (await listOffers(bench.pool, by)).map(({ task }) => task)

test('offers of a replica that is lost are removed, and what somebody writes just then the next time', async () => {
  const lost = v7()
  await whileOneIsWritten(lost, removeLostOffers)
  expect(await tasksOffered(lost)).toEqual([1])
  await removeLostOffers(bench.pool)
  expect(await tasksOffered(lost)).toEqual([])
})

test('an offer that nobody has taken is withdrawn, but not one that somebody may be taking', async () => {
  const replica = await bench.replica()
  await whileOneIsWritten(replica, async (pool) => {
    expect(await withdrawOffers(pool, replica, 60_000)).toEqual([])
    expect(await withdrawOffers(pool, replica, 0)).toEqual([{ expressionId, task: 0, attempt: 1 }])
  })
  expect(await tasksOffered(replica)).toEqual([1])
})
