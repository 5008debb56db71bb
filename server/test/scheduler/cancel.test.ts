import { expect, test } from 'vitest'
import { ending, expressionFields, submit, tasksOf } from '../support/expressions.ts'
import { register, type Person } from '../support/people.ts'
import { startWorld } from '../support/world.ts'

async function cancel(person: Person, id: string): Promise<unknown> {
  const { cancelExpression } = await person.get<{ cancelExpression: unknown }>(
    `mutation ($id: ID!) {
      cancelExpression(input: { id: $id }) {
        __typename
        ... on Expression { ${expressionFields} }
        ... on Error { code }
        ... on ExpressionFinishedError { expression { id result { fraction } } }
      }
    }`,
    { id },
  )
  return cancelExpression
}

test('cancelling takes the tasks from the agents and keeps what was computed', async () => {
  const { admin, openAgent } = await startWorld()
  const agent = await openAgent()
  const { id } = await submit(admin, '(1+2)*(3+4)')
  const [one, other] = await agent.take(2)
  await agent.solve(one!)
  const cancelled = { __typename: 'Expression', id, status: 'CANCELLED', progress: { completed: 1, total: 3 } }
  expect(await cancel(admin, id)).toMatchObject(cancelled)
  expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [other!.ticket] })
  expect(await agent.solve(other!)).toEqual(['NOT_NEEDED'])
  expect((await tasksOf(admin, id)).map(({ status }) => status)).toEqual(['SUCCEEDED', 'CANCELLED', 'CANCELLED'])
  expect(await cancel(admin, id)).toMatchObject(cancelled)
})

test('what waits in the queue is cancelled there', async () => {
  const { admin, openAgent } = await startWorld()
  const { id, status } = await submit(admin, '1+2')
  expect(status).toBe('QUEUED')
  expect(await cancel(admin, id)).toMatchObject({ status: 'CANCELLED' })
  const other = await submit(admin, '3+4')
  const agent = await openAgent()
  expect(await agent.assigned.next()).toMatchObject({ operands: ['3', '4'] })
  expect((await tasksOf(admin, other.id))[0]).toMatchObject({ attempt: 1 })
})

test('what has ended, and what is another’s, is not cancelled', async () => {
  const { app, admin, openAgent } = await startWorld()
  const agent = await openAgent()
  const { id } = await submit(admin, '1+2')
  const eve = await register(app, 'eve@example.com')
  expect(await cancel(eve, id)).toEqual({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
  await agent.solve(await agent.assigned.next())
  await ending(admin, id)
  expect(await cancel(admin, id)).toEqual({
    __typename: 'ExpressionFinishedError',
    code: 'EXPRESSION_FINISHED',
    expression: { id, result: { fraction: '3' } },
  })
  expect(await cancel(eve, id)).toEqual({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
})

test('an admin cancels what anybody computes, as they retry and delete it', async () => {
  const { app, admin } = await startWorld()
  const ada = await register(app, 'ada@example.com')
  const { id } = await submit(ada, '1+2')
  expect(await cancel(admin, id)).toMatchObject({ status: 'CANCELLED' })
})
