import { expect, test } from 'vitest'
import { startAgentProcess } from '../support/agent-process.ts'
import { agentWhere } from '../support/agents.ts'
import { ending, setDurations, submit, tasksOf } from '../support/expressions.ts'
import { register } from '../support/people.ts'
import { startWorld } from '../support/world.ts'

/** About as long as numbers may be, without common factors, and made by a short source. */
const longest = (power: number) => `(3^${power}/2^${power})`

test('the heaviest arithmetic costs no session, and what others ask meanwhile is not lost with it', async () => {
  const { app, admin, agentToken } = await startWorld({ environment: { PING_INTERVAL_MS: '4000' } })
  await setDurations(admin, { ADD: 0, SUBTRACT: 0, MULTIPLY: 0, DIVIDE: 0, POWER: 0 })
  const bob = await register(app, 'bob@example.com')
  await startAgentProcess(app, agentToken, admin, { name: 'busy', slots: 64 })
  // Sums of fractions of 4 800/3 000 digits, divided by numbers of 6 800.
  const source = Array.from(
    { length: 10 },
    (_, n) => `(${longest(10_000 + n)}+${longest(9_900 - n)})/7^${8_000 + n}`,
  ).join('-0*')
  const heavy = await submit(admin, source)
  const small = []
  for (let n = 0; n < 10; n++) {
    const { id } = await submit(bob, `${n}+1`)
    expect(await ending(bob, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: String(n + 1) } })
    small.push(id)
  }
  expect((await ending(admin, heavy.id)).status).toBe('SUCCEEDED')
  const tasks = [
    ...(await tasksOf(admin, heavy.id)),
    ...(await Promise.all(small.map((id) => tasksOf(bob, id)))).flat(),
  ]
  // Where the processor is wanted by others too, one may take longer than what is waited for.
  const failures = tasks.flatMap(({ failedAttempts }) => failedAttempts)
  expect(failures.filter(({ outcome }) => outcome !== 'OVERDUE')).toEqual([])
  await agentWhere(admin, ({ name, state }) => name === 'busy' && state === 'ONLINE')
}, 240_000)
