import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { setDurations, submit } from '../support/expressions.ts'
import { signedIn, type Person } from '../support/people.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startTestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'

interface UnderWay {
  readonly status: string
  readonly isRunning: boolean
  readonly readyAt: string | null
  readonly startedAt: string | null
}

const fields = 'status isRunning readyAt startedAt'

async function tasksUnderWay(client: Person, id: string): Promise<readonly UnderWay[]> {
  const { expression } = await client.get<{ expression: { tasks: UnderWay[] } }>(
    `query ($id: ID!) { expression(id: $id) { tasks { ${fields} } } }`,
    { id },
  )
  return expression.tasks
}

test('what lies at an agent ahead of its slots has not begun, until a slot frees', async () => {
  const { admin, openAgent } = await startWorld()
  await setDurations(admin, { ADD: 10 })
  const agent = await openAgent({ slots: 1 })
  const { id } = await submit(admin, '(1+2)*(3+4)')
  const [first] = await agent.take(2)
  expect(await tasksUnderWay(admin, id)).toMatchObject([
    { status: 'ASSIGNED', isRunning: true, startedAt: expect.any(String) },
    { status: 'ASSIGNED', isRunning: false, startedAt: null },
    { status: 'WAITING', isRunning: false },
  ])
  const { inbox } = admin.watch<{ tasksChanged: (UnderWay & { index: number })[] }>(
    `subscription ($id: ID!) { tasksChanged(expressionId: $id) { index ${fields} } }`,
    { id },
  )
  await agent.solve(first!)
  const { tasksChanged } = await inbox.until(({ tasksChanged: tasks }) =>
    tasks.some(({ index, isRunning }) => index === 1 && isRunning),
  )
  expect(tasksChanged.find(({ index }) => index === 1)).toMatchObject({ startedAt: expect.any(String) })
})

describe('a task that an agent computes while the server is started anew', () => {
  async function restarted(elapsedMs: number | null) {
    const database = await createTestDatabase()
    const first = await startWorld({ databaseUrl: database.url })
    const agent = await first.openAgent({ name: 'ada' })
    const { id } = await submit(first.admin, '1+2')
    const { ticket } = await agent.assigned.next()
    await first.app.stop()
    const app = await startTestApp({ databaseUrl: database.url })
    const running = elapsedMs === null ? [] : [{ ticket, elapsedMs }]
    await TestAgent.open(app, first.agentToken, { ...agent, heldTickets: [ticket], running })
    const [task] = await tasksUnderWay(signedIn(app, first.admin.token, first.admin.userId), id)
    if (!task?.readyAt || !task.startedAt) throw new Error('It has not begun.')
    return { ...task, beganAfterMs: Date.parse(task.startedAt) - Date.parse(task.readyAt) }
  }

  test('has begun when its agent says that it did, but not before it was ready', async () => {
    expect(await restarted(3_600_000)).toMatchObject({ isRunning: true, beganAfterMs: 0 })
  })

  test('has begun when its agent came back, where that does not say', async () => {
    expect((await restarted(null)).beganAfterMs).toBeGreaterThan(0)
  })
})
