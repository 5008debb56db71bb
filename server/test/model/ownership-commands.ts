import fc from 'fast-check'
import { expect } from 'vitest'
import { v7 } from 'uuid'
import { adoptExpressions } from '../../src/store/expressions/adopt-expressions.ts'
import { findByRequestId } from '../../src/store/expressions/find-by-request-id.ts'
import { findLostOwnership } from '../../src/store/expressions/find-lost-ownership.ts'
import { insertExpressions } from '../../src/store/expressions/insert-expressions.ts'
import { releaseExpressions } from '../../src/store/expressions/release-expressions.ts'
import { takeOverExpressions } from '../../src/store/expressions/take-over-expressions.ts'
import { takeQueuedExpressions } from '../../src/store/expressions/take-queued-expressions.ts'
import { newExpression } from '../store/support.ts'
import { choice, choose, command, expressionsOf, hasExpression, hasReplica } from './command.ts'
import { toOwned } from './expression-model.ts'

const beforeAllIds = '00000000-0000-0000-0000-000000000000'
const limit = fc.integer({ min: 1, max: 4 })
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

const insert = command({
  name: 'insert',
  // Few request ids, so that they meet, also within one batch.
  input: fc.array(
    fc.record({
      user: choice,
      request: fc.nat({ max: 9 }),
      place: fc.constantFrom('queue', 'queue', 'replica', 'done'),
      replica: choice,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  async run({ store, users, replicas }, { pool }, submitted) {
    const expressions = submitted.map(({ user, request, place, replica }) =>
      newExpression(choose(users, user), {
        requestId: `request ${request}`,
        replicaId: place === 'replica' && replicas.length > 0 ? choose(replicas, replica) : null,
        result: place === 'done' ? '7' : null,
        operationCount: place === 'done' ? 0 : 3,
      }),
    )
    expect(new Set((await insertExpressions(pool, expressions)).keys())).toEqual(store.expressions.insert(expressions))
  },
})

const takeQueued = command({
  name: 'take queued',
  input: fc.record({
    replica: choice,
    limit,
    after: fc.option(choice),
    busy: fc.array(choice, { maxLength: 3 }),
    onlyOthers: fc.boolean(),
  }),
  check: hasReplica,
  async run({ store, users, replicas }, { pool }, { replica, limit, after, busy, onlyOthers }) {
    const busyOwners = [...new Set(busy.map((user) => choose(users, user)))]
    const from = after === null ? beforeAllIds : choose(users, after)
    const taking = { replicaId: choose(replicas, replica), limit, after: from, busyOwners, onlyOthers }
    const { rows, lastOwner } = await takeQueuedExpressions(pool, taking)
    expect({ rows: rows.map(toOwned), lastOwner }).toEqual(store.expressions.takeQueued(taking))
  },
})

const takeOver = command({
  name: 'take over',
  input: fc.record({ replica: choice, limit }),
  check: hasReplica,
  async run(state, { pool }, { replica, limit }) {
    const { store, replicas } = state
    const replicaId = choose(replicas, replica)
    const taken = await takeOverExpressions(pool, replicaId, limit)
    const ids = taken.map(({ id }) => id)
    // The database may choose which, but not how many.
    const left = expressionsOf(state).filter(
      (row) => row.status === 'RUNNING' && !store.presence.isReplica(row.replicaId),
    )
    expect(taken).toHaveLength(Math.min(limit, left.length))
    expect(taken.map(toOwned).sort(byId)).toEqual(store.expressions.takeOver(replicaId, limit, ids))
  },
})

const adopt = command({
  name: 'adopt',
  input: fc.record({ replica: choice, known: fc.array(choice, { maxLength: 4 }) }),
  check: hasReplica,
  async run(state, { pool }, { replica, known }) {
    const rows = expressionsOf(state)
    const ids = rows.length === 0 ? [] : known.map((one) => choose(rows, one).id)
    const replicaId = choose(state.replicas, replica)
    const adopted = await adoptExpressions(pool, replicaId, ids)
    expect(adopted.map(toOwned).sort(byId)).toEqual(state.store.expressions.adopt(replicaId, ids))
  },
})

const release = command({
  name: 'release',
  input: choice,
  check: hasReplica,
  async run({ store, replicas }, { pool }, replica) {
    const replicaId = choose(replicas, replica)
    await releaseExpressions(pool, replicaId)
    store.expressions.release(replicaId)
  },
})

const findLost = command({
  name: 'find lost ownership',
  input: fc.array(fc.record({ expression: choice, epochsAgo: fc.nat({ max: 1 }) }), { maxLength: 5 }),
  check: hasExpression,
  async run(state, { pool }, asked) {
    const byRow = new Map(
      asked.map(({ expression, epochsAgo }) => {
        const { id, epoch } = choose(expressionsOf(state), expression)
        return [id, { id, epoch: epoch - epochsAgo }]
      }),
    )
    const owned = [...byRow.values(), { id: v7(), epoch: 1 }]
    const lost = await findLostOwnership(pool, owned)
    expect(lost.sort(byId)).toEqual(state.store.expressions.findLostOwnership(owned).sort(byId))
  },
})

const findRequest = command({
  name: 'find by request id',
  input: fc.record({ user: choice, request: fc.nat({ max: 9 }) }),
  async run({ store, users }, database, { user, request }) {
    const ownerId = choose(users, user)
    const requestId = `request ${request}`
    const found = await findByRequestId(database, ownerId, requestId)
    expect(found).toBe(store.expressions.findByRequestId(ownerId, requestId))
  },
})

/** How expressions come into a replica, and leave it for another. */
export const ownershipCommands = [
  insert,
  insert,
  takeQueued,
  takeQueued,
  takeOver,
  adopt,
  release,
  findLost,
  findRequest,
]
