import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { timers } from '../../src/clock.ts'
import { openStoreBench, type StoreBench } from '../store/support.ts'
import type { ModelState, StoreCommand } from './command.ts'
import { logCommands } from './log-commands.ts'
import { offerCommands } from './offer-commands.ts'
import { ownershipCommands } from './ownership-commands.ts'
import { presenceCommands } from './presence-commands.ts'
import { createStoreModel, type StoreModel } from './store-model.ts'

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
afterAll(() => bench.close())

async function setUp(): Promise<{ model: ModelState; real: StoreBench['database'] }> {
  await bench.reset()
  let now = 0
  const users = [await bench.user(), await bench.user(), await bench.user()]
  const tokens = [v7(), v7()]
  for (const id of tokens)
    await bench.pool.query(`INSERT INTO agent_token (id, name, hash) VALUES ($1, 'token', $2)`, [id, Buffer.from(id)])
  const model: ModelState = {
    store: createStoreModel({ now: () => now, ...timers }),
    ...{ users, tokens, sessions: [v7(), v7(), v7()], replicas: [] },
    advance: (ms) => void (now += ms),
  }
  return { model, real: bench.database }
}

/** Apart, so that neither leaves the other too few chances to meet. */
const commandsOf = {
  expressions: [...ownershipCommands, ...logCommands, ...presenceCommands],
  offers: [...presenceCommands, ...offerCommands],
}

type Subject = keyof typeof commandsOf

/** @param spoil makes the model wrong */
const property = (subject: Subject, spoil: (store: StoreModel) => void = () => undefined) =>
  fc.asyncProperty(fc.commands(commandsOf[subject], { maxCommands: 60, size: 'max' }), (some: Iterable<StoreCommand>) =>
    fc.asyncModelRun(async () => {
      const set = await setUp()
      spoil(set.model.store)
      return set
    }, some),
  )

describe('the SQL of the store', () => {
  // First, and whole: a run that is interrupted goes on for a while.
  test('on offers does what the model does, whatever comes in whatever order', async () => {
    await fc.assert(property('offers'), { numRuns: 40 })
  }, 180_000)

  test('on expressions does what the model does, whatever comes in whatever order', async () => {
    await fc.assert(property('expressions'), { numRuns: 120, interruptAfterTimeLimit: 8_000 })
  }, 60_000)

  const rules: readonly (readonly [string, Subject, (store: StoreModel) => void])[] = [
    [
      'ends only what the epoch of the owner allows',
      'expressions',
      ({ expressions }) => {
        const append = expressions.append.bind(expressions)
        expressions.append = (results, completions) =>
          append(
            results,
            completions.map((end) => ({ ...end, epoch: expressions.rows.get(end.expressionId)?.epoch ?? end.epoch })),
          )
      },
    ],
    [
      'counts the first of two results',
      'expressions',
      ({ expressions }) => {
        const append = expressions.append.bind(expressions)
        expressions.append = (results, completions) => {
          for (const { expressionId, task } of results) expressions.logs.get(expressionId)?.delete(task)
          return append(results, completions)
        }
      },
    ],
    [
      'raises the epoch at a take-over',
      'expressions',
      ({ expressions }) => {
        const takeOver = expressions.takeOver.bind(expressions)
        expressions.takeOver = (replicaId, limit, ids) =>
          takeOver(replicaId, limit, ids).map(({ id, epoch, ...row }) => {
            Object.assign(expressions.rows.get(id) ?? {}, { epoch: epoch - 1 })
            return { id, ...row, epoch: epoch - 1 }
          })
      },
    ],
    [
      'begins an epoch with a retry',
      'expressions',
      ({ expressions }) => {
        const retry = expressions.retry.bind(expressions)
        expressions.retry = (id) => {
          const retried = retry(id)
          if (retried) Object.assign(expressions.rows.get(id) ?? {}, { retryEpoch: 0 })
          return retried
        }
      },
    ],
    [
      'forgets what was written of an expression after it was deleted',
      'expressions',
      ({ expressions }) => {
        const forgetDeleted = expressions.forgetDeleted.bind(expressions)
        expressions.forgetDeleted = (seconds) => {
          const logs = new Map(expressions.logs)
          const forgotten = forgetDeleted(seconds)
          for (const [id, log] of logs) expressions.logs.set(id, log)
          return forgotten
        }
      },
    ],
    [
      'forgets that an offer was taken when it is offered anew',
      'offers',
      ({ offers }) => {
        const insert = offers.insert.bind(offers)
        offers.insert = (offeredBy, some) => {
          const takers = some.map(({ expressionId, task }) => offers.rows.get(`${expressionId}:${task}`)?.claimedBy)
          insert(offeredBy, some)
          for (const [place, { expressionId, task }] of some.entries())
            Object.assign(offers.rows.get(`${expressionId}:${task}`) ?? {}, { claimedBy: takers[place] ?? null })
        }
      },
    ],
    [
      'takes queued expressions in fair order',
      'expressions',
      ({ expressions }) => {
        const takeQueued = expressions.takeQueued.bind(expressions)
        expressions.takeQueued = (taking) => takeQueued({ ...taking, busyOwners: [] })
      },
    ],
    [
      'writes the presence of the session that is there',
      'expressions',
      ({ presence }) => {
        const setPresence = presence.setPresence.bind(presence)
        presence.setPresence = (agentId, sessionId, _, as) =>
          setPresence(agentId, sessionId, presence.agents.get(agentId)?.replicaId ?? '', as)
      },
    ],
  ]
  test.each(rules)(
    '%s: a model without that rule is found out',
    async (_, subject, spoil) => {
      const { failed } = await fc.check(property(subject, spoil), { numRuns: 100, endOnFailure: true, seed: 1 })
      expect(failed).toBe(true)
    },
    180_000,
  )
})
