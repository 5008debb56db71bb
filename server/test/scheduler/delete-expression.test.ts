import { describe, expect, test } from 'vitest'
import { systemClock, type Clock } from '../../src/clock.ts'
import type { ApiClient } from '../support/api-client.ts'
import { ending, submit, tasksOf, watchExpression } from '../support/expressions.ts'
import { register, signedIn } from '../support/people.ts'
import { remove, watchTasks } from '../support/retry-and-delete.ts'
import { startTestApp } from '../support/test-app.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld, type World } from '../support/world.ts'

const watchDeletions = (client: ApiClient) =>
  client.watch<{ expressionsDeleted: string[] }>('subscription { expressionsDeleted }').inbox

const isThere = async (client: ApiClient, id: string): Promise<boolean> => {
  const { expression } = await client.get<{ expression: object | null }>(
    'query ($id: ID!) { expression(id: $id) { id } }',
    { id },
  )
  return expression !== null
}

/** How many rows are left of anything that is computed or waits. */
async function rowsLeft({ app }: Pick<World, 'app'>): Promise<number> {
  const { rows } = await app.app.services.database.pool.query<{ left: number }>(`
    SELECT (SELECT count(*) FROM expression) + (SELECT count(*) FROM offer) AS left`)
  return rows[0]!.left
}

describe('deleting', () => {
  test('an expression that runs takes its tasks from the agents', async () => {
    const world = await startWorld()
    const { admin, openAgent } = world
    const agent = await openAgent()
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const [one, other] = await agent.take(2)
    await agent.solve(one!)
    expect(await remove(admin, id)).toEqual({ __typename: 'DeleteExpressionPayload', deletedId: id })
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [other!.ticket] })
    expect(await agent.solve(other!)).toEqual(['NOT_NEEDED'])
    expect(await isThere(admin, id)).toBe(false)
    expect(await rowsLeft(world)).toBe(0)
    // Its slots are free.
    const next = await submit(admin, '5+6')
    await agent.solve(await agent.assigned.next())
    expect((await ending(admin, next.id)).status).toBe('SUCCEEDED')
  })

  test('takes them at once, and not when the next sweep finds out', async () => {
    // Sweeps come after a second or more: here never.
    const after: Clock['after'] = (ms, callback) => (ms < 1_000 ? systemClock.after(ms, callback) : () => {})
    const clock = { ...systemClock, after }
    const { admin, openAgent } = await startWorld({ clock })
    const agent = await openAgent()
    const { id } = await submit(admin, '1+2')
    const { ticket } = await agent.assigned.next()
    await remove(admin, id)
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [ticket] })
  })

  test('one that waits, and one that has its result', async () => {
    const world = await startWorld()
    const { admin, openAgent } = world
    const waiting = await submit(admin, '1+2')
    const done = await submit(admin, '42')
    for (const { id } of [waiting, done]) expect(await remove(admin, id)).toMatchObject({ deletedId: id })
    expect(await rowsLeft(world)).toBe(0)
    const other = await submit(admin, '3+4')
    const agent = await openAgent()
    expect(await agent.assigned.next()).toMatchObject({ operands: ['3', '4'] })
    expect(await isThere(admin, other.id)).toBe(true)
  })

  test('makes its request id free', async () => {
    const { admin } = await startWorld()
    const first = await submit(admin, '1+2', { requestId: 'r' })
    await remove(admin, first.id)
    const again = await submit(admin, '3+4', { requestId: 'r' })
    expect(again.id).not.toBe(first.id)
    expect((await submit(admin, '3+4', { requestId: 'r' })).id).toBe(again.id)
  })

  test('once more is answered in the same way; what never was is not found', async () => {
    const { app, admin } = await startWorld()
    const { id } = await submit(admin, '1+2')
    for (const _ of [1, 2]) expect(await remove(admin, id)).toMatchObject({ deletedId: id })
    const eve = await register(app, 'eve@example.com')
    expect(await remove(eve, id)).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('another’s is not found, but for an admin', async () => {
    const { app, admin } = await startWorld()
    const [ada, eve] = [await register(app, 'ada@example.com'), await register(app, 'eve@example.com')]
    const { id } = await submit(ada, '1+2')
    const [deletionsOfAda, deletionsOfEve] = [watchDeletions(ada), watchDeletions(eve)]
    for (const inbox of [deletionsOfAda, deletionsOfEve]) expect(await inbox.next()).toEqual({ expressionsDeleted: [] })
    expect(await remove(eve, id)).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
    expect(await isThere(ada, id)).toBe(true)
    expect(await remove(admin, id)).toMatchObject({ deletedId: id })
    expect(await deletionsOfAda.next()).toEqual({ expressionsDeleted: [id] })
    // What was announced first would have come first, or with it.
    const own = await submit(eve, '3+4')
    await remove(eve, own.id)
    expect(await deletionsOfEve.next()).toEqual({ expressionsDeleted: [own.id] })
  })
})

describe('who watches', () => {
  test('sees it go, and what is about it alone completes', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    const { id } = await submit(admin, '1+2')
    await agent.assigned.next()
    const deletions = watchDeletions(admin)
    const expression = watchExpression(admin, id).inbox
    const tasks = watchTasks(admin, id).inbox
    expect(await deletions.next()).toEqual({ expressionsDeleted: [] })
    await Promise.all([expression.next(), tasks.next()])
    await remove(admin, id)
    expect(await deletions.next()).toEqual({ expressionsDeleted: [id] })
    for (const inbox of [expression, tasks]) await expect(inbox.until(() => false)).rejects.toThrow(/completed/)
  })

  test('and was away meanwhile, is told when they come', async () => {
    const { admin } = await startWorld()
    const ids = [(await submit(admin, '1')).id, (await submit(admin, '2')).id]
    for (const id of ids) await remove(admin, id)
    const { expressionsDeleted } = await watchDeletions(admin).next()
    expect(expressionsDeleted.toSorted()).toEqual(ids.toSorted())
  })
})

describe('with two replicas', () => {
  async function startReplicas() {
    const first = await startWorld({ alone: false })
    const other = await startTestApp({ databaseUrl: first.app.databaseUrl, alone: false })
    return { ...first, other, there: signedIn(other, first.admin.token, first.admin.userId) }
  }

  test('it goes through the one that does not own it, and watchers of both see it', async () => {
    const { app, admin, there, openAgent } = await startReplicas()
    const agent = await openAgent()
    const { id } = await submit(admin, '1+2')
    const task = await agent.assigned.next()
    const watchers = [admin, there].map((client) => ({
      deletions: watchDeletions(client),
      expression: watchExpression(client, id).inbox,
      tasks: watchTasks(client, id).inbox,
    }))
    for (const { deletions, expression, tasks } of watchers)
      await Promise.all([deletions.next(), expression.next(), tasks.next()])
    expect(await remove(there, id)).toMatchObject({ deletedId: id })
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [task.ticket] })
    expect(await agent.solve(task)).toEqual(['NOT_NEEDED'])
    for (const { deletions, expression, tasks } of watchers) {
      expect(await deletions.next()).toEqual({ expressionsDeleted: [id] })
      for (const inbox of [expression, tasks]) await expect(inbox.until(() => false)).rejects.toThrow(/completed/)
    }
    expect(await rowsLeft({ app })).toBe(0)
  })

  test('a result for it that comes to either is not needed', async () => {
    const { admin, agentToken, other, openAgent } = await startReplicas()
    const ada = await openAgent()
    const bob = await TestAgent.open(other, agentToken)
    const { id } = await submit(admin, '1+2')
    const task = await Promise.race([ada.assigned.next(), bob.assigned.next()])
    await remove(admin, id)
    await ada.events.next()
    for (const agent of [ada, bob])
      expect(await agent.trySubmit([{ ticket: task.ticket, value: '3' }], ada.id)).toEqual({ receipts: ['NOT_NEEDED'] })
  })

  test('what another has claimed of it is given up', async () => {
    const { admin, agentToken, other, there, openAgent } = await startReplicas()
    const ada = await openAgent({ slots: 1 })
    const bob = await TestAgent.open(other, agentToken, { slots: 1 })
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const [, claimed] = await Promise.all([ada.assigned.next(), bob.assigned.next()])
    await remove(there, id)
    expect(await bob.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [claimed.ticket] })
    expect((await ada.events.next()).__typename).toBe('TasksRevoked')
  })

  test('one that hears of it late finds it out by itself', async () => {
    const { app, admin, there, openAgent } = await startReplicas()
    const agent = await openAgent()
    const { id } = await submit(admin, '1+2')
    const { ticket } = await agent.assigned.next()
    const deletions = watchDeletions(there)
    const tasks = watchTasks(there, id).inbox
    await Promise.all([deletions.next(), tasks.next()])
    // As if the notification were lost.
    const { rows } = await app.app.services.database.pool.query<{ id: string; owner_id: string }>(
      'DELETE FROM expression RETURNING id, owner_id',
    )
    await app.app.services.database.pool.query('INSERT INTO deleted_expression (id, owner_id) VALUES ($1, $2)', [
      rows[0]!.id,
      rows[0]!.owner_id,
    ])
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [ticket] })
    await startTestApp({ databaseUrl: app.databaseUrl, alone: false })
    // A replica that comes has all the others look for what they missed.
    expect(await deletions.next()).toEqual({ expressionsDeleted: [id] })
    await expect(tasks.until(() => false)).rejects.toThrow(/completed/)
  })
})

test('a task of it that somebody still reads is not there', async () => {
  const { admin } = await startWorld()
  const { id } = await submit(admin, '1+2')
  const [task] = await tasksOf(admin, id)
  await remove(admin, id)
  expect(await admin.get('query ($id: ID!) { node(id: $id) { id } }', { id: task!.id })).toEqual({ node: null })
})
