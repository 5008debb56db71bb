import type { GraphQLError } from 'graphql'
import { randomUUID } from 'node:crypto'
import { createClient } from 'graphql-ws'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { whenTestIsDone } from '../support/cleanup.ts'
import { ending, submit, tasksOf } from '../support/expressions.ts'
import { startWorld } from '../support/world.ts'

test('tasks go out as their operands become known, and the result is theirs', async () => {
  const { admin, openAgent } = await startWorld()
  const agent = await openAgent({ name: 'ada' })
  const { id } = await submit(admin, '(1+2)*(3-4)/5')
  const [first, second] = await agent.take(2)
  expect([first, second]).toMatchObject([
    { operation: '+', operands: ['1', '2'], durationMs: 1_000 },
    { operation: '-', operands: ['3', '4'], durationMs: 1_000 },
  ])
  expect(await agent.solve(second!, first!)).toEqual(['ACCEPTED', 'ACCEPTED'])
  const [product] = await agent.take(1)
  expect(product).toMatchObject({ operation: '*', operands: ['3', '-1'] })
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

test('an agent of an earlier version is told of an operator in its own words', async () => {
  const { app, admin, agentToken: token } = await startWorld()
  const client = createClient({ url: app.socketUrl, connectionParams: { token }, webSocketImpl: WebSocket })
  whenTestIsDone(() => client.dispose())
  const events = client.iterate({
    query: `subscription ($input: AgentSessionInput!) {
      agentSession(input: $input) { ... on TasksAssigned { assignments { operator left right } } }
    }`,
    variables: { input: { name: 'ada', slots: 1, sessionId: randomUUID(), heldTickets: [] } },
  })
  await events.next()
  await submit(admin, '1-2')
  const { value } = (await events.next()) as { value: { data: unknown } }
  expect(value.data).toEqual({ agentSession: { assignments: [{ operator: 'SUBTRACT', left: '1', right: '2' }] } })
})

test('an agent that speaks another version of the protocol is refused', async () => {
  const { app, admin, agentToken: token } = await startWorld()
  const { data } = await admin.run<{ serverInfo: { protocolVersions: number[] } }>(
    '{ serverInfo { protocolVersions } }',
  )
  const client = createClient({ url: app.socketUrl, connectionParams: { token }, webSocketImpl: WebSocket })
  whenTestIsDone(() => client.dispose())
  const open = async (protocolVersion: number | null) => {
    const events = client.iterate({
      query: 'subscription ($input: AgentSessionInput!) { agentSession(input: $input) { __typename } }',
      variables: {
        input: {
          slots: 1,
          sessionId: randomUUID(),
          heldTickets: [],
          name: `version ${protocolVersion}`,
          protocolVersion,
        },
      },
    })
    return events.next()
  }
  const [error] = ((await open(7)) as { value: { errors: GraphQLError[] } }).value.errors
  expect(error).toMatchObject({ extensions: { code: 'PROTOCOL_UNSUPPORTED' } })
  expect(error?.message).toMatch(/version 7 .* this server 1/)
  for (const version of [null, ...(data?.serverInfo.protocolVersions ?? [])])
    expect(await open(version)).toMatchObject({
      value: { data: { agentSession: { __typename: 'AgentSessionOpened' } } },
    })
})
