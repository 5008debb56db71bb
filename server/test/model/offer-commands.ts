import fc from 'fast-check'
import { expect } from 'vitest'
import { v7 } from 'uuid'
import { claimTasks } from '../../src/store/offers/claim-tasks.ts'
import { insertOffers } from '../../src/store/offers/insert-offers.ts'
import type { Offer } from '../../src/store/offers/offer.ts'
import {
  listOffers,
  removeClaim,
  removeLostOffers,
  removeOffers,
  withdrawOffers,
  type OfferedTask,
} from '../../src/store/offers/remove-offers.ts'
import { choice, choose, command, hasReplica } from './command.ts'

const expressionIds = [v7(), v7()]

const claimIds = [v7(), v7(), v7()]

const named = ({ expressionId, task, attempt }: OfferedTask): string => `${expressionId}:${task}:${attempt}`
const namesOf = (offers: readonly OfferedTask[]): string[] => offers.map(named).sort()

const task = fc.record({
  expression: fc.nat({ max: 1 }),
  task: fc.nat({ max: 3 }),
  attempt: fc.integer({ min: 1, max: 3 }),
})

const toTask = ({ expression, task, attempt }: { expression: number; task: number; attempt: number }): OfferedTask => ({
  expressionId: choose(expressionIds, expression),
  task,
  attempt,
})

/** Of one task everything is the same at each offer, but for its attempt and its epoch. */
const toOffer = (ownerId: string, offered: OfferedTask): Offer => ({
  ...offered,
  ...{ epoch: offered.attempt, ownerId, operation: '+', operands: [`${offered.task}`, '1/2'], durationMs: 5 },
  // All differ, so that it is certain which come first.
  remainingMs: 10 * offered.task + expressionIds.indexOf(offered.expressionId),
  alone: offered.attempt === 3,
})

const insert = command({
  name: 'offer',
  input: fc.record({
    replica: choice,
    tasks: fc.uniqueArray(task, { minLength: 1, maxLength: 3, selector: (one) => `${one.expression}:${one.task}` }),
  }),
  check: hasReplica,
  async run({ store, replicas, users }, { pool }, { replica, tasks }) {
    const offers = tasks.map((one) => toOffer(choose(users, 0), toTask(one)))
    await insertOffers(pool, choose(replicas, replica), offers)
    store.offers.insert(choose(replicas, replica), offers)
  },
})

const claim = command({
  name: 'claim',
  input: fc.record({ replica: choice, claim: choice, limit: fc.integer({ min: 1, max: 3 }) }),
  check: hasReplica,
  async run({ store, replicas }, { pool }, { replica, claim, limit }) {
    const id = choose(replicas, replica)
    const claimId = choose(claimIds, claim)
    const claimed = await claimTasks(pool, id, claimId, limit)
    const byName = (a: Offer, b: Offer) => (named(a) < named(b) ? -1 : 1)
    expect([...claimed].sort(byName)).toEqual(store.offers.claim(id, claimId, limit).sort(byName))
  },
})

const removeOneClaim = command({
  name: 'remove a claim',
  input: choice,
  async run({ store }, { pool }, claim) {
    const claimId = choose(claimIds, claim)
    expect(namesOf(await removeClaim(pool, claimId))).toEqual(namesOf(store.offers.removeClaim(claimId)))
  },
})

const remove = command({
  name: 'remove offers',
  input: fc.array(task, { minLength: 1, maxLength: 3 }),
  async run({ store }, { pool }, tasks) {
    await removeOffers(pool, tasks.map(toTask))
    store.offers.remove(tasks.map(toTask))
  },
})

const withdraw = command({
  name: 'withdraw offers',
  input: fc.record({ replica: choice, olderThanMs: fc.constantFrom(0, 30_000) }),
  check: hasReplica,
  async run({ store, replicas }, { pool }, { replica, olderThanMs }) {
    const id = choose(replicas, replica)
    const withdrawn = await withdrawOffers(pool, id, olderThanMs)
    expect(namesOf(withdrawn)).toEqual(namesOf(store.offers.withdraw(id, olderThanMs)))
  },
})

const removeLost = command({
  name: 'remove lost offers',
  input: fc.constant(null),
  async run({ store }, { pool }) {
    await removeLostOffers(pool)
    store.offers.removeLost()
  },
})

const list = command({
  name: 'list offers',
  input: choice,
  check: hasReplica,
  async run({ store, replicas }, { pool }, replica) {
    const id = choose(replicas, replica)
    expect(namesOf(await listOffers(pool, id))).toEqual(namesOf(store.offers.list(id)))
  },
})

export const offerCommands = [insert, claim, removeOneClaim, remove, withdraw, removeLost, list]
