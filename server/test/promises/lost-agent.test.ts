import { expect, test } from 'vitest'
import { startAgentProcess } from '../support/agent-process.ts'
import { agentWhere } from '../support/agents.ts'
import { ending, setDurations, submit, taskThatFailed } from '../support/expressions.ts'
import { startWorld } from '../support/world.ts'

test('tasks of an agent that is killed are computed elsewhere soon, and the result is right', async () => {
  // The default grace, not that of the other tests.
  const { app, admin, agentToken } = await startWorld({ environment: { SESSION_GRACE_MS: '1500' } })
  await setDurations(admin, { ADD: 20_000, MULTIPLY: 0 })
  const ada = await startAgentProcess(app, agentToken, admin, { name: 'ada' })
  const { id } = await submit(admin, '(1+2)*(3+4)')
  await agentWhere(admin, ({ name, busySlots }) => name === 'ada' && busySlots === 2)
  await startAgentProcess(app, agentToken, admin, { name: 'bob' })
  await setDurations(admin, { ADD: 0 })
  await ada.kill()
  expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '21' } })
  const task = await taskThatFailed(admin, id)
  expect(task).toMatchObject({
    attempt: 2,
    agent: { name: 'bob' },
    failedAttempts: [{ number: 1, outcome: 'AGENT_LOST', agent: { name: 'ada' } }],
  })
})
