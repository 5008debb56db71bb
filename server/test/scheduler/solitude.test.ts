import { expect, test } from 'vitest'
import type { Person } from '../support/people.ts'
import { ending, setDurations, submit, taskThatFailed, tasksOf } from '../support/expressions.ts'
import { startTestApp } from '../support/test-app.ts'
import { TestAgent, type TestAssignment } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

/** A task that was lost once fails its expression if it is lost once more. */
const environment = { MAX_ATTEMPTS: '2', SESSION_GRACE_MS: '100' }
const durations = { ADD: 1_000, MULTIPLY: 1_000 }

/** What ends every agent that computes it. */
const isPoison = ({ operation }: TestAssignment) => operation === '*'

/** The poison and three sums are computed by one agent, which it ends. */
async function loseTogether(admin: Person, agent: TestAgent) {
  await setDurations(admin, durations)
  const poison = await submit(admin, '2*3')
  const sums = await Promise.all(['1+2', '3+4', '5+6'].map((source) => submit(admin, source)))
  await agent.take(4)
  agent.cut()
  return { poison, sums }
}

async function awaited(client: Person, id: string): Promise<string | undefined> {
  const { expression } = await client.get<{ expression: { prediction: { waitsFor: string } | null } }>(
    `query ($id: ID!) { expression(id: $id) { prediction { waitsFor } } }`,
    { id },
  )
  return expression.prediction?.waitsFor
}

/** Computes one by one, each with nothing beside it, until the poison comes. */
async function computeUntilPoison(agent: TestAgent): Promise<TestAssignment> {
  for (;;) {
    const task = await agent.assigned.next()
    expect(agent.assigned.size).toBe(0)
    if (isPoison(task)) return task
    await agent.solve(task)
  }
}

async function computeAll(agent: TestAgent): Promise<void> {
  for (;;) {
    const task = await agent.assigned.next().catch(() => null)
    if (task === null) return
    await agent.solve(task)
  }
}

test('what was lost beside a task that ends its agents is computed, and that one alone has its attempts spent', async () => {
  const { admin, openAgent } = await startWorld({ environment })
  const { poison, sums } = await loseTogether(admin, await openAgent({ name: 'ada' }))
  const bob = await openAgent({ name: 'bob' })
  await expect
    .poll(() => Promise.all([poison, ...sums].map(({ id }) => awaited(admin, id))))
    .toEqual(expect.arrayContaining(['AGENT_ALONE', 'OPERANDS']))
  await computeUntilPoison(bob)
  // There is room for three more, and none is given.
  await submit(admin, '7+8')
  expect(bob.assigned.size).toBe(0)
  bob.cut()
  expect(await ending(admin, poison.id)).toMatchObject({ status: 'FAILED', error: { code: 'ATTEMPTS_SPENT' } })
  void computeAll(await openAgent({ name: 'carl' }))
  const ends = await Promise.all(sums.map(({ id }) => ending(admin, id)))
  expect(ends.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'])
  expect(await tasksOf(admin, sums[0]!.id)).toMatchObject([
    { failedAttempts: [{ outcome: 'AGENT_LOST', agent: { name: 'ada' } }] },
  ])
})

test('of two agents one is cleared for it, and the other goes on', async () => {
  const { admin, openAgent } = await startWorld({ environment })
  const ada = await openAgent({ name: 'ada', slots: 1 })
  await setDurations(admin, durations)
  const poison = await submit(admin, '2*3')
  await ada.assigned.next()
  const agents = [await openAgent({ name: 'bob', slots: 2 }), await openAgent({ name: 'carl', slots: 2 })]
  const sums = await Promise.all(['1+2', '3+4', '5+6', '7+8'].map((source) => submit(admin, source)))
  const held = await Promise.all(agents.map((agent) => agent.take(2)))
  ada.cut()
  await taskThatFailed(admin, poison.id)
  for (const source of ['9+1', '9+2', '9+3', '9+4']) sums.push(await submit(admin, source))
  const cleared = await Promise.race(
    agents.map(async (agent, index) => {
      await agent.solve(...held[index]!)
      for (;;) {
        const task = await agent.assigned.next()
        if (isPoison(task)) return { agent, task }
        await agent.solve(task)
      }
    }),
  )
  // The other has computed the rest, or does so still.
  const ends = await Promise.all(sums.map(({ id }) => ending(admin, id)))
  expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']))
  expect(cleared.agent.assigned.size).toBe(0)
  await cleared.agent.solve(cleared.task)
  expect(await ending(admin, poison.id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '6' } })
})

test('an agent that comes back with it is given nothing beside it', async () => {
  const { admin, openAgent } = await startWorld({ environment: { ...environment, SESSION_GRACE_MS: '5000' } })
  const ada = await openAgent({ name: 'ada' })
  const { poison } = await loseTogether(admin, ada)
  const bob = await openAgent({ name: 'bob' })
  const held = await computeUntilPoison(bob)
  bob.cut()
  const back = await openAgent({ ...bob, name: 'bob', heldTickets: [held.ticket] })
  const { id } = await submit(admin, '7+8')
  expect(back.assigned.size).toBe(0)
  await back.solve(held)
  expect((await ending(admin, poison.id)).status).toBe('SUCCEEDED')
  void computeAll(back)
  expect((await ending(admin, id)).status).toBe('SUCCEEDED')
})

test('where no agent is left, another replica’s agent has it for itself', async () => {
  const first = await startWorld({ environment, alone: false })
  const other = await startTestApp({ databaseUrl: first.app.databaseUrl, alone: false, environment })
  const { admin } = first
  const { poison, sums } = await loseTogether(admin, await first.openAgent({ name: 'ada' }))
  const bob = await TestAgent.open(other, first.agentToken, { name: 'bob' })
  await computeUntilPoison(bob)
  bob.cut()
  expect(await ending(admin, poison.id)).toMatchObject({ status: 'FAILED', error: { code: 'ATTEMPTS_SPENT' } })
  void computeAll(await TestAgent.open(other, first.agentToken, { name: 'carl' }))
  const ends = await Promise.all(sums.map(({ id }) => ending(admin, id)))
  expect(ends.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'])
})
