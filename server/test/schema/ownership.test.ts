import { beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../support/api-client.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { submit } from '../support/expressions.ts'
import { createAgentToken, createPersonalToken, register, type Person } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { TestAgent } from '../support/test-agent.ts'

const whenDone = whenFileIsDone()
let app: TestApp
let ada: Person
let eve: Person
let admin: Person
let adminByToken: ApiClient
let readerOfAdmin: ApiClient
let expressionId: string
let taskId: string

beforeAll(async () => {
  app = await startTestApp({ whenDone })
  admin = await register(app, 'admin@example.com', whenDone)
  ada = await register(app, 'ada@example.com', whenDone)
  eve = await register(app, 'eve@example.com', whenDone)
  const client = (token: string) => new ApiClient(app.socketUrl, token, whenDone)
  adminByToken = client((await createPersonalToken(admin, { scopes: ['ADMIN'] })).token)
  readerOfAdmin = client((await createPersonalToken(admin, { scopes: [] })).token)
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

/** Who sees all that its owner does: the owner, and an admin, if their token says so. */
const insiders = () => [ada, admin, adminByToken]
/** Who does not: others, and an admin's token that is not to. */
const strangers = () => [eve, readerOfAdmin]

describe('another’s expression is not there, but for an admin,', () => {
  const everywhere = async (document: string, seen: unknown, hidden: unknown) => {
    for (const insider of insiders()) expect(await insider.get(document)).toEqual(seen)
    for (const stranger of strangers()) expect(await stranger.get(document)).toEqual(hidden)
  }

  test('by its id', () =>
    everywhere(
      `{ expression(id: "${expressionId}") { id } }`,
      { expression: { id: expressionId } },
      { expression: null },
    ))

  test('as a node, alone and among others', async () => {
    await everywhere(`{ node(id: "${expressionId}") { id } }`, { node: { id: expressionId } }, { node: null })
    await everywhere(
      `{ nodes(ids: ["${expressionId}", "${taskId}"]) { id } }`,
      { nodes: [{ id: expressionId }, { id: taskId }] },
      { nodes: [null, null] },
    )
  })

  test('in the list, which is of the owner that is named, and of nobody but oneself where none is', async () => {
    const document = (owner: string) =>
      `{ expressions(filter: { sourceContains: "1"${owner} }) { totalCount edges { node { id } } } }`
    const seen = { expressions: { totalCount: 1, edges: [{ node: { id: expressionId } }] } }
    for (const insider of insiders()) expect(await insider.get(document(`, owner: "${ada.userId}"`))).toEqual(seen)
    for (const stranger of strangers()) {
      const { errors } = await stranger.run(document(`, owner: "${ada.userId}"`))
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    }
    for (const other of [eve, admin])
      expect(await other.get(document(''))).toEqual({ expressions: { totalCount: 0, edges: [] } })
  })

  test('nor are its tasks', () =>
    everywhere(
      `{ node(id: "${taskId}") { id ... on Task { expression { id } } } }`,
      { node: { id: taskId, expression: { id: expressionId } } },
      { node: null },
    ))

  test('by what an agent computes', async () => {
    await everywhere(
      '{ agents { assignments { operator task { id } } } }',
      { agents: [{ assignments: [{ operator: 'ADD', task: { id: taskId } }] }] },
      { agents: [{ assignments: [{ operator: 'ADD', task: null }] }] },
    )
    const running = async (person: ApiClient) => {
      const { workChanged } = await person.get<{ workChanged: { running: object[] } }>(
        'subscription { workChanged { running { expressionId taskIndex } } }',
      )
      return workChanged.running
    }
    for (const insider of insiders()) expect(await running(insider)).toEqual([{ expressionId, taskIndex: 0 }])
    for (const stranger of strangers())
      expect(await running(stranger)).toEqual([{ expressionId: null, taskIndex: null }])
  })

  test.each([
    ['expressionChanged', 'id', '{ id }'],
    ['tasksChanged', 'expressionId', '{ id }'],
    ['predictionChanged', 'expressionId', '{ slots }'],
  ])('for %s', async (field, arg, selection) => {
    const document = `subscription { ${field}(${arg}: "${expressionId}") ${selection} }`
    for (const insider of insiders()) expect((await insider.run(document)).errors).toBeUndefined()
    for (const stranger of strangers()) {
      const { errors } = await stranger.run(document)
      expect(errors).toMatchObject([{ message: 'There is no such expression.', extensions: { code: 'NOT_FOUND' } }])
    }
  })

  test.each(['cancel', 'retry', 'delete'])('for %sExpression', async (verb) => {
    const mutation = (id: string) =>
      `mutation { outcome: ${verb}Expression(input: { id: "${id}" }) { __typename ... on Error { code } } }`
    for (const insider of [ada, admin]) {
      const { id } = await submit(ada, '1+2')
      expect(await eve.get(mutation(id))).toMatchObject({ outcome: { code: 'NOT_FOUND' } })
      const { outcome } = await insider.get<{ outcome: { __typename: string } }>(mutation(id))
      expect(['Expression', 'DeleteExpressionPayload']).toContain(outcome.__typename)
      await ada.get(`mutation { deleteExpression(input: { id: "${id}" }) { __typename } }`)
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

test('the token of an agent is refused nodes, whatever they are', async () => {
  const { token } = await createAgentToken(admin, 'other')
  const { agents, operations } = await get<{ agents: WithId[]; operations: WithId[] }>(
    ada,
    '{ agents { id } operations { id } }',
  )
  const { agentTokens } = await get<{ agentTokens: WithId[] }>(admin, '{ agentTokens { id } }')
  const ids = [expressionId, taskId, ada.userId, agents[0]!.id, operations[0]!.id, agentTokens[0]!.id]
  const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  const asAgent = new ApiClient(app.socketUrl, token)
  expect((await asAgent.run(document, { ids })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  const nobody = new ApiClient(app.socketUrl)
  for (const query of [`{ node(id: "${expressionId}") { id } }`, `{ nodes(ids: ["${expressionId}"]) { id } }`])
    expect((await nobody.run(query)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  expect(await ada.get(document, { ids })).toEqual({
    nodes: [...ids.slice(0, 5).map((id) => ({ id })), null],
  })
})

test('an id that is none is one null among others', async () => {
  const ids = [
    'no id',
    expressionId,
    Buffer.from('Nothing:1').toString('base64'),
    Buffer.from('Plan:1').toString('base64'),
  ]
  expect(await ada.get('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).toEqual({
    nodes: [null, { id: expressionId }, null, null],
  })
  expect(await ada.get('{ node(id: "no id") { id } }')).toEqual({ node: null })
})

test('a field that is refused takes its neighbours with it no more than an error', async () => {
  const { data, errors } = await ada.run('{ users { edges { cursor } } operations { name } viewer { id } }')
  expect(data).toMatchObject({ users: null, operations: expect.any(Array) as unknown[], viewer: { id: ada.userId } })
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
})
