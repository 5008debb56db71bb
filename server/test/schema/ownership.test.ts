import { beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../support/api-client.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { submit } from '../support/expressions.ts'
import { createAgentToken, register, type Person } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { TestAgent } from '../support/test-agent.ts'

const whenDone = whenFileIsDone()
let app: TestApp
let ada: Person
let eve: Person
let admin: Person
let expressionId: string
let taskId: string

beforeAll(async () => {
  app = await startTestApp({ whenDone })
  admin = await register(app, 'admin@example.com', whenDone)
  ada = await register(app, 'ada@example.com', whenDone)
  eve = await register(app, 'eve@example.com', whenDone)
  const { token } = await createAgentToken(admin)
  const agent = await TestAgent.open(app, token, { name: 'busy' }, whenDone)
  expressionId = (await submit(ada, '1+2')).id
  await agent.assigned.next()
  const { expression } = await get<{ expression: { tasks: WithId[] } }>(
    ada,
    `{ expression(id: "${expressionId}") { tasks { id } } }`,
  )
  taskId = expression.tasks[0]!.id
})

const get = <Data = unknown>(person: Person, document: string): Promise<Data> => person.get<Data>(document)

interface WithId {
  readonly id: string
}

/** Everybody but the owner: an admin too. */
const others = () => [eve, admin]

describe('another’s expression is not there', () => {
  test('by its id', async () => {
    const document = `{ expression(id: "${expressionId}") { id } }`
    expect(await get(ada, document)).toEqual({ expression: { id: expressionId } })
    for (const other of others()) expect(await get(other, document)).toEqual({ expression: null })
  })

  test('as a node, alone and among others', async () => {
    const one = `{ node(id: "${expressionId}") { id } }`
    const many = `{ nodes(ids: ["${expressionId}", "${taskId}"]) { id } }`
    expect(await get(ada, one)).toEqual({ node: { id: expressionId } })
    expect(await get(ada, many)).toEqual({ nodes: [{ id: expressionId }, { id: taskId }] })
    for (const other of others()) {
      expect(await get(other, one)).toEqual({ node: null })
      expect(await get(other, many)).toEqual({ nodes: [null, null] })
    }
  })

  test('in the list', async () => {
    const document = '{ expressions(filter: { sourceContains: "1" }) { edges { node { id } } } }'
    expect(await get(ada, document)).toEqual({ expressions: { edges: [{ node: { id: expressionId } }] } })
    for (const other of others()) expect(await get(other, document)).toEqual({ expressions: { edges: [] } })
  })

  test('nor are its tasks', async () => {
    const document = `{ node(id: "${taskId}") { id ... on Task { expression { id } } } }`
    expect(await get(ada, document)).toEqual({ node: { id: taskId, expression: { id: expressionId } } })
    for (const other of others()) expect(await get(other, document)).toEqual({ node: null })
  })

  test('by what an agent computes', async () => {
    const document = '{ agents { assignments { operator task { id } } } }'
    expect(await get(ada, document)).toEqual({ agents: [{ assignments: [{ operator: 'ADD', task: { id: taskId } }] }] })
    for (const other of others())
      expect(await get(other, document)).toEqual({ agents: [{ assignments: [{ operator: 'ADD', task: null }] }] })
  })

  test.each([
    ['expressionChanged', 'id'],
    ['tasksChanged', 'expressionId'],
  ])('for %s', async (field, arg) => {
    const document = `subscription { ${field}(${arg}: "${expressionId}") { id } }`
    expect((await ada.run(document)).errors).toBeUndefined()
    for (const other of others()) {
      const { errors } = await other.run(document)
      expect(errors).toMatchObject([{ message: 'There is no such expression.', extensions: { code: 'NOT_FOUND' } }])
    }
  })

  test('by its request id, which everybody may use', async () => {
    const [first, second] = [await submit(ada, '7', { requestId: 'r' }), await submit(eve, '8', { requestId: 'r' })]
    expect(second.id).not.toBe(first.id)
    expect(second.result).toEqual({ fraction: '8' })
  })
})

test('a change of another’s expression is no event of mine', async () => {
  interface Shown {
    expressionsChanged: { id: string; source: string }[]
  }
  const { inbox } = eve.watch<Shown>('subscription { expressionsChanged { id source } }')
  const { expressionsChanged: snapshot } = await inbox.next()
  expect(snapshot.map(({ id }) => id)).not.toContain(expressionId)
  await submit(ada, '10+20')
  await submit(eve, '30')
  // What was announced first would have come first, or with it.
  const { expressionsChanged: news } = await inbox.next()
  expect(news.map(({ source }) => source)).toEqual(['30'])
})

test('the token of an agent finds no node at all', async () => {
  const { token } = await createAgentToken(admin, 'other')
  const { agents, operations } = await get<{ agents: WithId[]; operations: WithId[] }>(
    ada,
    '{ agents { id } operations { id } }',
  )
  const { agentTokens } = await get<{ agentTokens: WithId[] }>(admin, '{ agentTokens { id } }')
  const ids = [expressionId, taskId, ada.userId, agents[0]!.id, operations[0]!.id, agentTokens[0]!.id]
  const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  const asAgent = new ApiClient(app.socketUrl, token)
  expect(await asAgent.get(document, { ids })).toEqual({ nodes: ids.map(() => null) })
  expect(await ada.get(document, { ids })).toEqual({
    nodes: [...ids.slice(0, 5).map((id) => ({ id })), null],
  })
})
