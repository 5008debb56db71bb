import fc from 'fast-check'
import { expect } from 'vitest'
import { attemptOutcomes } from '../../src/domain/tasks/attempt.ts'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { cancelExpression } from '../../src/store/expressions/cancel-expression.ts'
import { countResults } from '../../src/store/expressions/count-results.ts'
import { deleteExpression } from '../../src/store/expressions/delete-expressions.ts'
import { loadDeletedExpressions } from '../../src/store/expressions/deleted-expressions.ts'
import { failExpression } from '../../src/store/expressions/fail-expression.ts'
import { loadFailedAttempts, recordFailedAttempts } from '../../src/store/expressions/failed-attempts.ts'
import { forgetDeletedExpressions } from '../../src/store/expressions/forget-deleted-expressions.ts'
import { findUnfinished } from '../../src/store/expressions/find-unfinished.ts'
import { undeleteExpression } from '../../src/store/expressions/undelete-expressions.ts'
import { purgeLogs } from '../../src/store/expressions/purge-logs.ts'
import { retryExpression } from '../../src/store/expressions/retry-expression.ts'
import { newResult } from '../store/support.ts'
import { choice, choose, command, expressionsOf, hasExpression, type ModelState } from './command.ts'

const task = fc.nat({ max: 2 })
/** How many times it was taken over since; 0 for the owner's own. */
const epochsAgo = fc.constantFrom(0, 0, 0, 1)
const attempt = fc.integer({ min: 1, max: 2 })

/** The epoch under which somebody writes who took the expression so many epochs ago. */
const standing = (state: ModelState, expression: number, epochsAgo: number) => {
  const { id, epoch } = choose(expressionsOf(state), expression)
  return { id, epoch: epoch - epochsAgo }
}

const append = command({
  name: 'append',
  input: fc.record({
    results: fc.array(
      fc.record({ expression: choice, task, attempt, value: fc.nat({ max: 99 }), wasQuick: fc.boolean() }),
      { maxLength: 6 },
    ),
    completions: fc.array(fc.record({ expression: choice, epochsAgo }), { maxLength: 2 }),
  }),
  check: hasExpression,
  async run(state, { pool }, input) {
    const results = input.results.map(({ expression, task, attempt, value, wasQuick }) =>
      newResult(standing(state, expression, 0).id, task, {
        attempt,
        value: `${value}`,
        finishedAt: wasQuick ? 1_796_000_000_000 : 1_796_000_001_500,
      }),
    )
    // No pair may stand twice in a batch, nor an expression among its completions.
    const batch = [...new Map(results.map((result) => [`${result.expressionId}:${result.task}`, result])).values()]
    const ends = input.completions.map(({ expression, epochsAgo }) => {
      const { id, epoch } = standing(state, expression, epochsAgo)
      return { expressionId: id, epoch, result: '21', finishedAt: 0 }
    })
    const completions = [...new Map(ends.map((end) => [end.expressionId, end])).values()]
    const { duplicates, completed } = await appendResults(pool, batch, completions)
    const expected = state.store.expressions.append(batch, completions)
    expect([duplicates, new Set(completed.keys())]).toEqual([expected.duplicates, new Set(expected.completed.keys())])
  },
})

const fail = command({
  name: 'fail',
  input: fc.record({
    expression: choice,
    epochsAgo,
    task,
    code: fc.constantFrom('DIVISION_BY_ZERO', 'ATTEMPTS_SPENT'),
  }),
  check: hasExpression,
  async run(state, { pool }, { expression, epochsAgo, task, code }) {
    const { id, epoch } = standing(state, expression, epochsAgo)
    const failure = { code, message: 'by 0', task, attempt: 1, agentId: null }
    const failed = await failExpression(pool, id, epoch, failure)
    expect(failed).toBe(state.store.expressions.fail(id, epoch, failure))
  },
})

const cancel = command({
  name: 'cancel',
  input: choice,
  check: hasExpression,
  async run(state, { pool }, expression) {
    const { id } = choose(expressionsOf(state), expression)
    expect(await cancelExpression(pool, id)).toBe(state.store.expressions.cancel(id))
  },
})

const retry = command({
  name: 'retry',
  input: choice,
  check: hasExpression,
  async run(state, { pool }, expression) {
    const { id } = choose(expressionsOf(state), expression)
    expect(await retryExpression(pool, id)).toBe(state.store.expressions.retry(id))
  },
})

const remove = command({
  name: 'delete',
  input: choice,
  check: hasExpression,
  async run(state, { pool }, expression) {
    const { id, ownerId } = choose(expressionsOf(state), expression)
    expect(await deleteExpression(pool, id)).toBe(state.store.expressions.delete(id))
    expect(await deleteExpression(pool, id)).toBe(false)
    expect(await loadDeletedExpressions(pool, [id])).toEqual([{ id, ownerId }])
    // Its owner has not heard of it yet.
    const late = [newResult(id, 0)]
    await appendResults(pool, late, [])
    state.store.expressions.append(late, [])
  },
})

const bringBack = command({
  name: 'undelete',
  input: choice,
  check: ({ store }) => store.expressions.deleted.size > 0,
  async run({ store }, { pool }, expression) {
    // Mostly of what never was deleted, so that enough is left to be forgotten.
    const { deleted, rows } = store.expressions
    const { id } = choose([...(expression < 3 || rows.size === 0 ? deleted : rows).values()], expression)
    expect((await undeleteExpression(pool, id)).kind).toBe(store.expressions.undelete(id))
  },
})

const forget = command({
  name: 'forget what was deleted',
  input: fc.constantFrom(30, 100, 1_000),
  async run({ store }, { pool }, seconds) {
    expect(await forgetDeletedExpressions(pool, seconds)).toBe(store.expressions.forgetDeleted(seconds))
  },
})

const recordFailed = command({
  name: 'record failed attempts',
  input: fc.array(
    fc.record({ expression: choice, task, attempt, outcome: fc.constantFrom(...attemptOutcomes), alone: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  check: hasExpression,
  async run(state, { pool }, failed) {
    const attempts = failed.map(({ expression, ...attempt }, place) => {
      const { id: expressionId, epoch } = standing(state, expression, 0)
      const agentId = choose(state.sessions, place)
      return { ...attempt, expressionId, agentId, epoch, message: `attempt ${place}`, startedAgoMs: 10 }
    })
    await recordFailedAttempts(pool, attempts)
    state.store.expressions.recordFailedAttempts(attempts)
    const ids = attempts.map(({ expressionId }) => expressionId)
    expect(await loadFailedAttempts(pool, ids)).toMatchObject(state.store.expressions.failedAttempts(ids))
  },
})

const purge = command({
  name: 'purge',
  input: fc.constantFrom(30, 100, 1_000),
  check: hasExpression,
  async run({ store }, { pool }, retentionSeconds) {
    let purged = 0
    for (let more = true; more;) {
      const outcome = await purgeLogs(pool, retentionSeconds)
      purged += outcome.purged
      more = outcome.more
    }
    expect(purged).toBe(store.expressions.purge(retentionSeconds))
  },
})

const ask = command({
  name: 'ask what is unfinished',
  input: fc.constant({}),
  check: hasExpression,
  async run(state, database) {
    const { expressions } = state.store
    const ids = expressionsOf(state).map((row) => row.id)
    const unfinished = expressionsOf(state).filter((row) => expressions.isUnfinished(row.id, -1))
    expect(await findUnfinished(database, ids)).toEqual(new Map(unfinished.map((row) => [row.id, row.retryEpoch])))
    const counts = ids.map((one) => [one, expressions.countResults(one)] as const).filter(([, count]) => count > 0)
    expect(await countResults(database.pool, ids)).toEqual(new Map(counts))
  },
})

/** What happens to an expression while a replica has it, and after. */
export const logCommands = [
  append,
  append,
  append,
  fail,
  fail,
  retry,
  retry,
  cancel,
  remove,
  bringBack,
  forget,
  recordFailed,
  purge,
  ask,
]
