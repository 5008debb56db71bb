import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { ending, submit, watchExpression } from '../support/expressions.ts'
import { signedIn } from '../support/people.ts'
import { failAtNext, retry, watchTasks } from '../support/retry-and-delete.ts'
import { startTestApp } from '../support/test-app.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

/** The shortest delays that the jitter allows. */
const ids = { random: () => 0 }
const twice = { MAX_ATTEMPTS: '2' }

/** Leaves the database as a server does that is killed when the last attempt is kept, and before its expression fails for it. */
async function addSecondFailure(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query(`
    INSERT INTO failed_attempt (expression_id, task, attempt, agent_id, outcome, message, epoch, started_at, ended_at)
    SELECT expression_id, task, 2, agent_id, outcome, message, epoch, started_at, ended_at FROM failed_attempt`)
  await client.end()
}

describe('a server that was restarted', () => {
  test('gives no attempts anew, neither before a retry nor after', async () => {
    const { url: databaseUrl } = await createTestDatabase()
    const options = { databaseUrl, ids, environment: { ...twice, RESUME_GRACE_MS: '100' } }
    const first = await startWorld(options)
    const agent = await first.openAgent()
    const { id } = await submit(first.admin, '1+2')
    await failAtNext(agent, 2)
    await ending(first.admin, id)
    await retry(first.admin, id)
    await failAtNext(agent, 1)
    await first.app.stop()

    const app = await startTestApp(options)
    const admin = signedIn(app, first.admin.token, first.admin.userId)
    await failAtNext(await TestAgent.open(app, first.agentToken), 1)
    expect(await ending(admin, id)).toMatchObject({ status: 'FAILED', error: { code: 'ATTEMPTS_SPENT' } })
  })

  test('fails what spent its last attempt just before', async () => {
    const { url: databaseUrl } = await createTestDatabase()
    const options = { databaseUrl, ids, environment: { ...twice, RESUME_GRACE_MS: '100' } }
    const first = await startWorld(options)
    const agent = await first.openAgent()
    const { id } = await submit(first.admin, '1+2')
    await failAtNext(agent, 1)
    await agent.assigned.next()
    await first.app.stop()
    await addSecondFailure(databaseUrl)
    const app = await startTestApp(options)
    const admin = signedIn(app, first.admin.token, first.admin.userId)
    const bob = await TestAgent.open(app, first.agentToken)
    expect(await ending(admin, id)).toMatchObject({ status: 'FAILED', error: { code: 'ATTEMPTS_SPENT' } })
    expect(bob.assigned.size).toBe(0)
  })
})

describe('with two replicas', () => {
  test('an expression is retried through one that did not own it, and taken by either', async () => {
    const first = await startWorld({ ids, environment: twice, alone: false })
    const other = await startTestApp({ databaseUrl: first.app.databaseUrl, ids, environment: twice, alone: false })
    const there = signedIn(other, first.admin.token, first.admin.userId)
    const ada = await first.openAgent({ name: 'ada' })
    const { id } = await submit(first.admin, '4*(1+2)')
    await ada.solve(await ada.assigned.next())
    await failAtNext(ada, 2)
    await ending(first.admin, id)
    const watchers = [first.admin, there].map((client) => ({
      expression: watchExpression(client, id).inbox,
      tasks: watchTasks(client, id).inbox,
    }))
    for (const { tasks } of watchers) expect((await tasks.next()).tasksChanged[1]?.status).toBe('FAILED')
    await ada.leave()

    // It is queued, and may have been taken up before anybody sees that.
    expect(await retry(there, id)).toMatchObject({
      __typename: 'Expression',
      status: expect.stringMatching(/QUEUED|RUNNING/),
    })
    for (const { expression, tasks } of watchers) {
      await expression.until(({ expressionChanged: { status } }) => status !== 'FAILED')
      await tasks.until(({ tasksChanged }) =>
        tasksChanged.some(({ index, status }) => index === 1 && status === 'READY'),
      )
    }
    const bob = await TestAgent.open(other, first.agentToken, { name: 'bob' })
    const task = await bob.assigned.next()
    for (const { tasks } of watchers)
      await tasks.until(({ tasksChanged }) =>
        tasksChanged.some(({ agent, attempt }) => agent?.name === 'bob' && attempt === 3),
      )
    await bob.solve(task)
    for (const { expression, tasks } of watchers) {
      await expression.until(({ expressionChanged: { status } }) => status === 'SUCCEEDED')
      await tasks.until(({ tasksChanged }) =>
        tasksChanged.some(({ index, status }) => index === 1 && status === 'SUCCEEDED'),
      )
    }
  })
})
