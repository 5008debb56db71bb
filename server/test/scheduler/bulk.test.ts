import { beforeAll, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { insertExpressions } from '../../src/store/expressions/insert-expressions.ts'
import { newExpression } from '../store/support.ts'
import { ApiClient } from '../support/api-client.ts'
import { changeMany, undelete } from '../support/bulk.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { ending, submit, tasksOf, watchExpression } from '../support/expressions.ts'
import { createAgentToken, createPersonalToken, register, type Person } from '../support/people.ts'
import { failAtNext } from '../support/retry-and-delete.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'

const gone = async (client: ApiClient, id: string) =>
  (await client.get<{ node: object | null }>('query ($id: ID!) { node(id: $id) { id } }', { id })).node === null

describe('many expressions, by their ids', () => {
  test('are cancelled, and it is said of each that is not why', async () => {
    const { app, admin, openAgent } = await startWorld()
    const ada = await register(app, 'ada@example.com')
    const agent = await openAgent()
    const [running, ended] = [await submit(ada, '1+2'), await submit(ada, '7')]
    const { ticket } = await agent.assigned.next()
    const others = await submit(admin, '8+9')
    await agent.assigned.next()
    const watched = watchExpression(ada, running.id).inbox
    await watched.next()
    const ids = [running.id, ended.id, others.id, 'no id', running.id]
    const outcome = await changeMany(ada, 'cancelExpressions', { ids })
    expect(outcome).toMatchObject({ done: [running.id], endCursor: null, remainingCount: 0 })
    expect(outcome.refused.map(({ id, code }) => [id, code])).toEqual([
      [ended.id, 'EXPRESSION_FINISHED'],
      [others.id, 'NOT_FOUND'],
      ['no id', 'NOT_FOUND'],
    ])
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [ticket] })
    await watched.until(({ expressionChanged: { status } }) => status === 'CANCELLED')
    // Once more is answered in the same way. An admin may cancel anybody's.
    expect(await changeMany(ada, 'cancelExpressions', { ids: [running.id] })).toMatchObject({ done: [running.id] })
    expect(await changeMany(admin, 'cancelExpressions', { ids: [others.id] })).toMatchObject({ done: [others.id] })
  })

  test('are retried where that is of any use', async () => {
    const { admin, openAgent } = await startWorld({ ids: { random: () => 0 }, environment: { MAX_ATTEMPTS: '1' } })
    const agent = await openAgent({ slots: 1 })
    const spent = await submit(admin, '1+2')
    await failAtNext(agent, 1)
    await ending(admin, spent.id)
    const [doomed, done] = [await submit(admin, '1/0'), await submit(admin, '7')]
    const outcome = await changeMany(admin, 'retryExpressions', { ids: [spent.id, doomed.id, done.id] })
    expect(outcome.done).toEqual([spent.id])
    expect(outcome.refused.map(({ id, code }) => [id, code])).toEqual([
      [doomed.id, 'WOULD_FAIL_AGAIN'],
      [done.id, 'NOT_FAILED'],
    ])
    await agent.solve(await agent.assigned.next())
    expect(await ending(admin, spent.id)).toMatchObject({ status: 'SUCCEEDED' })
    expect(await changeMany(admin, 'retryExpressions', { filter: {} })).toMatchObject({
      done: [],
      refused: [{ id: doomed.id, code: 'WOULD_FAIL_AGAIN' }],
    })
  })
})

describe('what was deleted', () => {
  test('is brought back with what was computed of it, and computed to its end', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const [one, other] = await agent.take(2)
    await agent.solve(one!)
    expect(await changeMany(admin, 'deleteExpressions', { ids: [id] })).toMatchObject({ done: [id], refused: [] })
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [other!.ticket] })
    expect(await gone(admin, id)).toBe(true)

    const list = admin.watch<{ expressionsChanged: { id: string }[] }>(
      'subscription { expressionsChanged { id } }',
    ).inbox
    expect(await list.next()).toEqual({ expressionsChanged: [] })
    expect(await undelete(admin, [id])).toMatchObject({ done: [id], refused: [] })
    await list.until(({ expressionsChanged }) => expressionsChanged.some((shown) => shown.id === id))
    const again = await agent.assigned.next()
    expect(again).toMatchObject({ operation: '+', operands: other!.operands })
    expect(again.ticket).not.toBe(other!.ticket)
    await agent.solve(again)
    await agent.solve(await agent.assigned.next())
    expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '21' } })
    expect((await tasksOf(admin, id)).map(({ attempt }) => attempt)).toEqual([1, 1, 1])
    // What is there already is no failure.
    expect(await undelete(admin, [id])).toMatchObject({ done: [id], refused: [] })
  })

  test('comes back to its owner or at an admin’s word, and where its request id is free', async () => {
    const { app, admin } = await startWorld()
    const [ada, eve] = [await register(app, 'ada@example.com'), await register(app, 'eve@example.com')]
    const { id } = await submit(ada, '7', { requestId: 'r' })
    await changeMany(ada, 'deleteExpressions', { ids: [id] })
    expect(await undelete(eve, [id])).toMatchObject({ done: [], refused: [{ id, code: 'NOT_FOUND' }] })
    const second = await submit(ada, '8', { requestId: 'r' })
    expect(await undelete(ada, [id])).toMatchObject({ done: [], refused: [{ id, code: 'REQUEST_ID_TAKEN' }] })
    await changeMany(admin, 'deleteExpressions', { ids: [second.id] })
    expect(await undelete(admin, [id])).toMatchObject({ done: [id] })
    expect(await gone(ada, id)).toBe(false)
    expect(await undelete(eve, [id])).toMatchObject({ refused: [{ code: 'NOT_FOUND' }] })
  })
})

describe('all that a filter leaves', () => {
  const whenDone = whenFileIsDone()
  let app: TestApp
  let admin: Person
  let ada: Person
  let adaId: string
  beforeAll(async () => {
    app = await startTestApp({ whenDone })
    admin = await register(app, 'admin@example.com', whenDone)
    ada = await register(app, 'ada@example.com', whenDone)
    adaId = Buffer.from(ada.userId, 'base64').toString().split(':')[1] ?? ''
  })

  const add = async (count: number, source: string) => {
    const expressions = Array.from({ length: count }, () => newExpression(adaId, { id: v7(), source }))
    await insertExpressions(app.app.services.database.pool, expressions)
  }

  test('is changed call by call, and what comes meanwhile is left alone', async () => {
    await add(1_200, '1+1+1')
    await add(3, '2+2+2')
    const filter = { sourceContains: '1+1' }
    const first = await changeMany(ada, 'cancelExpressions', { filter })
    expect(first).toMatchObject({ refused: [], remainingCount: 700, isRemainingCountExact: true })
    expect(first.done).toHaveLength(500)
    await add(1, '1+1+1')
    const second = await changeMany(ada, 'cancelExpressions', { filter }, first.endCursor)
    const third = await changeMany(ada, 'cancelExpressions', { filter }, second.endCursor)
    expect([second.done.length, third.done.length]).toEqual([500, 200])
    expect(third).toMatchObject({ endCursor: null, remainingCount: 0 })
    expect(new Set([first, second, third].flatMap(({ done }) => done)).size).toBe(1_200)
    expect(await changeMany(ada, 'cancelExpressions', { filter: {} })).toMatchObject({ done: { length: 4 } })
  })

  test('is changed, and is told why not, by few statements', async () => {
    const count = 500
    await add(count, '3+3+3')
    const filter = { sourceContains: '3+3' }
    const { done } = await changeMany(ada, 'cancelExpressions', { filter })
    expect(done).toHaveLength(count)
    const eve = await register(app, 'eve2@example.com', whenDone)
    const { pool, reads, clients } = app.app.services.database
    let asked = 0
    for (const lane of [pool, reads, clients]) lane.on('acquire', () => asked++)
    const steps = [
      [() => changeMany(ada, 'cancelExpressions', { ids: done }), null],
      [() => changeMany(ada, 'retryExpressions', { ids: done }), 'NOT_FAILED'],
      [() => changeMany(eve, 'deleteExpressions', { ids: done }), 'NOT_FOUND'],
      [() => changeMany(ada, 'deleteExpressions', { ids: done }), null],
      [() => changeMany(ada, 'deleteExpressions', { ids: done }), null],
      [() => changeMany(ada, 'cancelExpressions', { ids: done }), 'NOT_FOUND'],
      [() => undelete(eve, done), 'NOT_FOUND'],
      [() => undelete(ada, done), null],
      [() => undelete(ada, done), null],
    ] as const
    for (const [step, code] of steps) {
      asked = 0
      const outcome = await step()
      expect(outcome.done).toEqual(code === null ? done : [])
      expect(new Set(outcome.refused.map((each) => each.code))).toEqual(new Set(code === null ? [] : [code]))
      // Of the database; what a replica asks by itself meanwhile is among it.
      expect(asked).toBeLessThan(count / 5)
    }
    await changeMany(ada, 'deleteExpressions', { ids: done })
  })

  test('of another is for admins alone', async () => {
    await add(2, '5+5')
    const filter = { owner: ada.userId, sourceContains: '5+5' }
    const eve = await register(app, 'eve@example.com', whenDone)
    const refused = { __typename: 'ForbiddenError', code: 'FORBIDDEN' }
    expect(await changeMany(eve, 'deleteExpressions', { filter })).toMatchObject(refused)
    expect(await changeMany(eve, 'deleteExpressions', { filter: { owner: 'no id' } })).toMatchObject(refused)
    const { token } = await createPersonalToken(admin, { scopes: ['SUBMIT'] })
    expect(await changeMany(new ApiClient(app.socketUrl, token), 'deleteExpressions', { filter })).toMatchObject(
      refused,
    )
    expect(await changeMany(admin, 'deleteExpressions', { filter })).toMatchObject({ done: { length: 2 } })
  })

  test('is no business of those who may only read, of agents and of strangers', async () => {
    const { token } = await createPersonalToken(ada, { scopes: [] })
    const agent = (await createAgentToken(admin)).token
    const select = { filter: {} }
    const codes = [token, agent, undefined].map(async (each) => {
      const client = new ApiClient(app.socketUrl, each)
      const bulk = await changeMany(client, 'deleteExpressions', select)
      return [bulk.code, (await undelete(client, [])).code]
    })
    expect(await Promise.all(codes)).toEqual([
      ['FORBIDDEN', 'FORBIDDEN'],
      ['FORBIDDEN', 'FORBIDDEN'],
      ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
    ])
  })

  test('is asked for by a filter or by ids, of which there is a limit', async () => {
    const ids = Array.from({ length: 501 }, () => ada.userId)
    expect(await changeMany(ada, 'deleteExpressions', { ids })).toMatchObject({ code: 'INVALID_INPUT' })
    for (const input of ['{ select: {} }', '{ select: { ids: [], filter: {} } }']) {
      const { errors } = await ada.run(`mutation { deleteExpressions(input: ${input}) { __typename } }`)
      expect(errors?.[0]?.message).toMatch(/[Ee]xactly one/)
    }
    const long = { sourceContains: '1'.repeat(101) }
    expect(await changeMany(ada, 'deleteExpressions', { filter: long })).toMatchObject({ code: 'INVALID_INPUT' })
    const { errors } = await ada.run(
      'mutation { deleteExpressions(input: { select: { filter: {} }, after: "x" }) { __typename } }',
    )
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
  })
})
