import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { agentWhere } from '../support/agents.ts'
import { setDurations, submit, taskWhere, tasksOf } from '../support/expressions.ts'
import { startTestApp } from '../support/test-app.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

/** Long enough to come back in on a busy machine. */
const graceMs = 1_500

/** Ada was given a task by one replica, lost her socket, and has come to the other with what she holds. Her grace at the first is over. */
async function startMoved() {
  const environment = { SESSION_GRACE_MS: String(graceMs) }
  const near = await startWorld({ alone: false, environment })
  const far = await startTestApp({ databaseUrl: near.app.databaseUrl, alone: false, environment })
  const { admin, agentToken } = near
  await setDurations(admin, { ADD: 60_000, MULTIPLY: 60_000 })
  const ada = await near.openAgent({ name: 'ada', slots: 1 })
  const { id } = await submit(admin, '(1+2)*3')
  const task = await ada.assigned.next()
  ada.cut()
  const moved = await TestAgent.open(far, agentToken, { ...ada, slots: 1, heldTickets: [task.ticket] })
  const bob = await near.openAgent({ name: 'bob', slots: 1 })
  // The grace is to pass, and the look that follows it, with nothing coming of it.
  await delay(2 * graceMs)
  const failedAttempts = async () => (await tasksOf(admin, id)).flatMap((shown) => shown.failedAttempts)
  return { ...{ near, admin, id, task, moved, bob, ada }, failedAttempts }
}

test('an agent that has come to another replica goes on with what it holds', async () => {
  const { moved, bob, task, failedAttempts } = await startMoved()
  expect(bob.assigned.size).toBe(0)
  expect(await moved.solve(task)).toEqual(['ACCEPTED'])
  const root = await Promise.race([moved.assigned.next(), bob.assigned.next()])
  expect(root).toMatchObject({ operation: '*', operands: ['3', '3'] })
  expect(await failedAttempts()).toEqual([])
})

test('what it holds is free when it is lost there too, and the attempt is kept', async () => {
  const { admin, id, moved, bob, task } = await startMoved()
  moved.cut()
  expect(await bob.assigned.next()).toMatchObject({ operands: task.operands })
  const { failedAttempts } = await taskWhere(admin, id, (shown) => shown.failedAttempts.length > 0)
  expect(failedAttempts).toMatchObject([{ number: 1, outcome: 'AGENT_LOST', agent: { name: 'ada' } }])
})

test('what it holds is free when it says goodbye there, which is no attempt', async () => {
  const { moved, bob, task, failedAttempts } = await startMoved()
  await moved.leave()
  expect(await bob.assigned.next()).toMatchObject({ operands: task.operands })
  expect(await failedAttempts()).toEqual([])
})

test('what it fails at there is given to another', async () => {
  const { moved, bob, task } = await startMoved()
  await moved.submit({ ticket: task.ticket, error: { code: 'AGENT_ERROR', message: 'out of paper' } })
  const again = await Promise.race([moved.assigned.next(), bob.assigned.next()])
  expect(again).toMatchObject({ operands: task.operands })
})

test('it may come back once more, and what it has returned meanwhile is not given out again', async () => {
  const { admin, near, moved, bob, task, ada } = await startMoved()
  expect(await moved.solve(task)).toEqual(['ACCEPTED'])
  moved.cut()
  await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'RECONNECTING')
  const back = await near.openAgent({ ...ada, slots: 1, heldTickets: [] })
  const root = await Promise.race([back.assigned.next(), bob.assigned.next()])
  expect(root).toMatchObject({ operation: '*' })
})

test('a result that cannot be is refused there too, and the task goes to another', async () => {
  const { admin, id, moved, bob, task } = await startMoved()
  expect(await moved.submit({ ticket: task.ticket, value: '4' })).toEqual(['REFUSED'])
  expect(await bob.assigned.next()).toMatchObject({ operands: task.operands })
  const { failedAttempts } = await taskWhere(admin, id, (shown) => shown.failedAttempts.length > 0)
  expect(failedAttempts).toMatchObject([{ number: 1, outcome: 'REFUSED', agent: { name: 'ada' } }])
})
