import { expect, test } from 'vitest'
import { everyone } from '../../src/realtime/local-signal.ts'
import type { Announcement } from '../../src/realtime/announcer.ts'
import type { BridgeMessage } from '../../src/realtime/bridge/message.ts'
import { whenTestIsDone } from '../support/cleanup.ts'
import { createTestDatabase } from '../support/database.ts'
import { ending, setDurations, submit, taskWhere, tasksOf } from '../support/expressions.ts'
import { joinAsReplica } from '../support/other-replica.ts'
import { startTestApp } from '../support/test-app.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

/** Two replicas on one database, each with an agent of one slot: ada at the first, bob at the other. */
async function startReplicas() {
  const first = await startWorld({ alone: false })
  await setDurations(first.admin, { ADD: 1_000, MULTIPLY: 1_000, DIVIDE: 1_000 })
  const other = await startTestApp({ databaseUrl: first.app.databaseUrl, alone: false })
  const ada = await first.openAgent({ name: 'ada', slots: 1 })
  const bob = await TestAgent.open(other, first.agentToken, { name: 'bob', slots: 1 })
  return { admin: first.admin, ada, bob }
}

test('an expression uses the agents of all replicas', async () => {
  const { admin, ada, bob } = await startReplicas()
  const { id } = await submit(admin, '(1+2)*(3+4)')
  const [own, claimed] = await Promise.all([ada.assigned.next(), bob.assigned.next()])
  expect([own, claimed].map(({ operands: [first] }) => first).toSorted()).toEqual(['1', '3'])
  await taskWhere(admin, id, ({ status, agent }) => status === 'ASSIGNED' && agent?.name === 'bob')
  expect(await bob.solve(claimed)).toEqual(['ACCEPTED'])
  expect(await ada.solve(own)).toEqual(['ACCEPTED'])
  const last = await Promise.race([ada, bob].map(async (agent) => ({ agent, task: await agent.assigned.next() })))
  expect(last.task).toMatchObject({ operation: '*', operands: ['3', '7'] })
  await last.agent.solve(last.task)
  expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '21' } })
  const tasks = await tasksOf(admin, id)
  expect(
    tasks
      .slice(0, 2)
      .map(({ agent }) => agent?.name)
      .toSorted(),
  ).toEqual(['ada', 'bob'])
  expect(tasks.map(({ attempt }) => attempt)).toEqual([1, 1, 1])
})

test('what an agent of another replica fails at comes back, and the attempt is kept', async () => {
  const { admin, ada, bob } = await startReplicas()
  const { id } = await submit(admin, '(1+2)*(3+4)')
  const [own, claimed] = await Promise.all([ada.assigned.next(), bob.assigned.next()])
  await bob.submit({ ticket: claimed.ticket, error: { code: 'AGENT_ERROR', message: 'out of paper' } })
  const failed = await taskWhere(admin, id, ({ failedAttempts }) => failedAttempts.length > 0)
  expect(failed.failedAttempts).toMatchObject([{ number: 1, outcome: 'AGENT_ERROR', agent: { name: 'bob' } }])
  await ada.solve(own)
  const again = await Promise.race([ada.assigned.next(), bob.assigned.next()])
  expect(again.operands).toEqual(claimed.operands)
})

test('of several operations that have no result the leftmost is told, whoever meets it first', async () => {
  const { admin, ada, bob } = await startReplicas()
  const error = { code: 'RESULT_TOO_LARGE', message: 'too large' }
  const { id } = await submit(admin, '1e16^1000+2e16^1000')
  const [own, claimed] = await Promise.all([ada.assigned.next(), bob.assigned.next()])
  const isLeftmost = claimed.operands[0] === `1${'0'.repeat(16)}`
  expect(await bob.submit({ ticket: claimed.ticket, error })).toEqual(['ACCEPTED'])
  if (isLeftmost) expect(await ada.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [own.ticket] })
  else await ada.submit({ ticket: own.ticket, error })
  expect(await ending(admin, id)).toMatchObject({
    status: 'FAILED',
    error: { code: 'RESULT_TOO_LARGE', span: { position: 4, length: 1 } },
  })
})

test('what a replica has taken is given up when its expression ends', async () => {
  const { admin, ada, bob } = await startReplicas()
  const { id } = await submit(admin, '(1+2)*(3+4)')
  const [, claimed] = await Promise.all([ada.assigned.next(), bob.assigned.next()])
  await admin.get('mutation ($id: ID!) { cancelExpression(input: { id: $id }) { __typename } }', { id })
  expect(await bob.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [claimed.ticket] })
})

test('what is said to have come back stays with the other replica as long as its offer stands', async () => {
  const database = await createTestDatabase()
  whenTestIsDone(() => database.drop())
  const other = await joinAsReplica(database.url, { slots: 1 })
  const { admin, openAgent } = await startWorld({ alone: false, databaseUrl: database.url })
  const ada = await openAgent({ name: 'ada', slots: 1 })
  await submit(admin, '(1+2)*(3+4)')
  const own = await ada.assigned.next()
  const offered = await other.heard.until(({ message }) => isAnnounced(message, 'tasksOffered'))
  const { rows } = await other.database.query<{ expressionId: string; task: number; attempt: number; epoch: number }>(
    `UPDATE offer SET claimed_by = $1 RETURNING expression_id AS "expressionId", task, attempt, epoch`,
    [other.id],
  )
  const [taken] = rows
  expect(rows).toHaveLength(1)
  const giveBack = async () => {
    const { expressionId = '', task = 0, attempt = 0, epoch = 0 } = taken ?? {}
    const announcement = { kind: 'released', expressionId, tasks: [{ task, attempt, epoch }] } as const
    await other.tell({ kind: 'announcement', announcement })
    // What was told before is known when this is answered.
    await other.tell({ kind: 'watches', what: 'agents', ids: [everyone], isNew: true })
    await other.heard.until(({ from, message }) => from === offered.from && message.kind === 'watchAcknowledged')
  }
  await giveBack()
  await ada.solve(own)
  expect(ada.assigned.size).toBe(0)
  await other.database.query('DELETE FROM offer')
  await giveBack()
  expect(await ada.assigned.next()).toMatchObject({ operation: '+' })
})

const isAnnounced = (message: BridgeMessage, kind: Announcement['kind']) =>
  message.kind === 'announcement' && message.announcement.kind === kind
