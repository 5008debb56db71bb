import fc from 'fast-check'
import { expect } from 'vitest'
import { attemptOutcomes } from '../../src/domain/attempt.ts'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { cancelExpression } from '../../src/store/expressions/cancel-expression.ts'
import { countResults } from '../../src/store/expressions/count-results.ts'
import { failExpression } from '../../src/store/expressions/fail-expression.ts'
import { recordFailedAttempts } from '../../src/store/expressions/failed-attempts.ts'
import { findUnfinished, isUnfinished } from '../../src/store/expressions/is-unfinished.ts'
import { purgeLogs } from '../../src/store/expressions/purge-logs.ts'
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
      fc.record({ expression: choice, task, attempt, value: fc.nat({ max: 99 }), wasQueued: fc.boolean() }),
      { maxLength: 6 },
    ),
    completions: fc.array(fc.record({ expression: choice, epochsAgo }), { maxLength: 2 }),
  }),
  check: hasExpression,
  async run(state, { pool }, input) {
    const results = input.results.map(({ expression, task, attempt, value, wasQueued }) =>
      newResult(standing(state, expression, 0).id, task, {
        attempt,
        value: `${value}`,
        readyAgoMs: wasQueued ? 1_500 : null,
        startedAgoMs: 250,
      }),
    )
    // No pair may stand twice in a batch, nor an expression among its completions.
    const batch = [...new Map(results.map((result) => [`${result.expressionId}:${result.task}`, result])).values()]
    const ends = input.completions.map(({ expression, epochsAgo }) => {
      const { id, epoch } = standing(state, expression, epochsAgo)
      return { expressionId: id, epoch, result: '21' }
    })
    const completions = [...new Map(ends.map((end) => [end.expressionId, end])).values()]
    const appended = await appendResults(pool, batch, completions)
    expect(appended).toEqual(state.store.expressions.append(batch, completions))
  },
})

const fail = command({
  name: 'fail',
  input: fc.record({ expression: choice, epochsAgo, task }),
  check: hasExpression,
  async run(state, { pool }, { expression, epochsAgo, task }) {
    const { id, epoch } = standing(state, expression, epochsAgo)
    const failure = { code: 'DIVISION_BY_ZERO', message: 'by 0', task, attempt: 1, agentId: null } as const
    const failed = await failExpression(pool, id, epoch, failure)
    expect(failed).toBe(state.store.expressions.fail(id, epoch, failure))
  },
})

const cancel = command({
  name: 'cancel',
  input: fc.record({ expression: choice, byOwner: fc.constantFrom(true, true, false), user: choice }),
  check: hasExpression,
  async run(state, { pool }, { expression, byOwner, user }) {
    const { id, ownerId } = choose(expressionsOf(state), expression)
    const canceller = byOwner ? ownerId : choose(state.users, user)
    const cancelled = await cancelExpression(pool, id, canceller)
    expect(cancelled).toBe(state.store.expressions.cancel(id, canceller))
  },
})

const recordFailed = command({
  name: 'record failed attempts',
  input: fc.array(fc.record({ expression: choice, task, attempt, outcome: fc.constantFrom(...attemptOutcomes) }), {
    minLength: 1,
    maxLength: 4,
  }),
  check: hasExpression,
  async run(state, { pool }, failed) {
    const attempts = failed.map(({ expression, outcome, ...attempt }, place) => {
      const { id: expressionId } = choose(expressionsOf(state), expression)
      const agentId = choose(state.sessions, place)
      return { ...attempt, expressionId, agentId, outcome, message: `attempt ${place}`, startedAgoMs: 10 }
    })
    await recordFailedAttempts(pool, attempts)
    state.store.expressions.recordFailedAttempts(attempts)
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
  input: fc.record({ expression: choice, task: fc.nat({ max: 3 }) }),
  check: hasExpression,
  async run(state, database, { expression, task }) {
    const { expressions } = state.store
    const { id } = standing(state, expression, 0)
    expect(await isUnfinished(database, id, task)).toBe(expressions.isUnfinished(id, task))
    const ids = expressionsOf(state).map((row) => row.id)
    expect(await findUnfinished(database, ids)).toEqual(new Set(ids.filter((one) => expressions.isUnfinished(one, -1))))
    const counts = ids.map((one) => [one, expressions.countResults(one)] as const).filter(([, count]) => count > 0)
    expect(await countResults(database.pool, ids)).toEqual(new Map(counts))
  },
})

/** What happens to an expression while a replica has it, and after. */
export const logCommands = [append, append, append, fail, cancel, recordFailed, purge, ask]
