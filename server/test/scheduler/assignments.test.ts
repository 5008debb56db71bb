import { expect, test } from 'vitest'
import { ending, submit, tasksOf } from '../support/expressions.ts'
import { startWorld } from '../support/world.ts'

test('tasks go out as their operands become known, and the result is theirs', async () => {
  const { admin, openAgent } = await startWorld()
  const agent = await openAgent({ name: 'ada' })
  const { id } = await submit(admin, '(1+2)*(3-4)/5')
  const [first, second] = await agent.take(2)
  expect([first, second]).toMatchObject([
    { operator: 'ADD', left: '1', right: '2', durationMs: 1_000 },
    { operator: 'SUBTRACT', left: '3', right: '4', durationMs: 1_000 },
  ])
  expect(await agent.solve(second!, first!)).toEqual(['ACCEPTED', 'ACCEPTED'])
  const [product] = await agent.take(1)
  expect(product).toMatchObject({ operator: 'MULTIPLY', left: '3', right: '-1' })
  await agent.solve(product!)
  await agent.solve(...(await agent.take(1)))
  expect(await ending(admin, id)).toMatchObject({
    status: 'SUCCEEDED',
    result: { fraction: '-3/5' },
    progress: { completed: 4, total: 4 },
  })
  expect(await tasksOf(admin, id)).toMatchObject(
    ['3', '-1', '-3', '-3/5'].map((fraction, index) => ({
      index,
      status: 'SUCCEEDED',
      attempt: 1,
      result: { fraction },
      agent: { name: 'ada' },
      failedAttempts: [],
    })),
  )
})
