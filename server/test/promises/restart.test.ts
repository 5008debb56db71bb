import { expect, test } from 'vitest'
import { ending, setDurations, submit, taskWhere, tasksOf } from '../support/expressions.ts'
import { register, signedIn } from '../support/people.ts'
import { startServerProcess } from '../support/server-process.ts'

test('a server that is killed and started again goes on where it was: nothing is lost and nothing computed twice', async () => {
  const server = await startServerProcess({ RECKON_AGENTS: '2', RECKON_AGENT_SLOTS: '2' })
  const admin = await register(server, 'admin@example.com')
  await setDurations(admin, { ADD: 100, MULTIPLY: 4_000, SUBTRACT: 100 })
  const done = await submit(admin, '1+1')
  await ending(admin, done.id)
  const { id } = await submit(admin, '(1+2)*(3+4)-5*6')
  // Two results are in the log and both products are out.
  await taskWhere(admin, id, ({ index, status }) => index === 2 && status === 'ASSIGNED')
  await server.kill()
  await server.restart()
  const back = signedIn(server, admin.token, admin.userId)
  expect(await ending(back, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '-9' } })
  for (const task of await tasksOf(back, id))
    expect(task).toMatchObject({ status: 'SUCCEEDED', attempt: 1, failedAttempts: [] })
  expect((await ending(back, done.id)).result).toEqual({ fraction: '2' })
}, 240_000)
