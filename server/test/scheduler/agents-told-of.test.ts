import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { addCounts } from '../../src/store/agents/add-counts.ts'
import { agentWhere } from '../support/agents.ts'
import { ApiClient } from '../support/api-client.ts'
import { whenTestIsDone } from '../support/cleanup.ts'
import { ending, setDurations, submit } from '../support/expressions.ts'
import { Inbox } from '../support/inbox.ts'
import { createAgentToken, login, register } from '../support/people.ts'
import { startTestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'

interface Told {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly programVersion: string | null
  readonly host: string | null
  readonly utilisation: number | null
  readonly tasksPerSecond: number
  readonly tasksDone: number
  readonly tasksFailed: number
  readonly tasksLost: number
  readonly forgottenAt: string | null
}

const fields =
  'id name state programVersion host utilisation tasksPerSecond tasksDone tasksFailed tasksLost forgottenAt version'

async function toldWhere(client: ApiClient, fits: (agent: Told) => boolean): Promise<Told> {
  const { inbox, end } = client.watch<{ agentsChanged: Told[] }>(`subscription { agentsChanged { ${fields} } }`)
  const { agentsChanged } = await inbox.until((event) => event.agentsChanged.some(fits))
  end()
  return agentsChanged.find(fits)!
}

const forget = async (client: ApiClient, id: string) =>
  (
    await client.get<{ it: { __typename: string; code?: string } }>(
      'mutation ($id: ID!) { it: forgetAgent(input: { id: $id }) { __typename ... on Error { code } } }',
      { id },
    )
  ).it

test('of an agent is told what it says itself, what became of its tasks, and how busy it is', async () => {
  const { app, admin, openAgent } = await startWorld({ environment: { SESSION_GRACE_MS: '0' } })
  await setDurations(admin, { ADD: 60_000, MULTIPLY: 60_000 })
  const ada = await openAgent({ name: 'ada', slots: 2, programVersion: '1.2.3', host: 'box-7' })
  const { id } = await submit(admin, '(1+2)*(3+4)')
  const [first, second] = await ada.take(2)
  await ada.submit({ ticket: first!.ticket, error: { code: 'AGENT_ERROR', message: 'out of order' } })
  await ada.solve(second!)
  const again = await ada.assigned.next()
  const busy = await toldWhere(admin, ({ name, utilisation }) => name === 'ada' && (utilisation ?? 0) > 0)
  expect(busy).toMatchObject({ programVersion: '1.2.3', host: 'box-7' })
  expect(busy.utilisation).toBeLessThanOrEqual(1)
  ada.cut()
  await toldWhere(admin, ({ name, tasksLost }) => name === 'ada' && tasksLost === 1)

  // Another says nothing of itself, and goes on. What the first has counted is in the database, and no other replica's memory.
  const bob = await openAgent({ name: 'bob' })
  const redone = await bob.assigned.next()
  expect(redone.operands).toEqual(again.operands)
  await bob.solve(redone)
  await bob.solve(await bob.assigned.next())
  await ending(admin, id)
  const done = await toldWhere(admin, ({ name, tasksDone }) => name === 'bob' && tasksDone === 2)
  expect(done).toMatchObject({ programVersion: null, host: null, tasksFailed: 0, tasksLost: 0 })
  const { agents } = await admin.get<{ agents: Told[] }>(`{ agents { ${fields} } }`)
  expect(agents).toMatchObject([
    { name: 'ada', tasksDone: 1, tasksFailed: 1, tasksLost: 1, utilisation: null },
    { name: 'bob', tasksDone: 2 },
  ])
  // Two replicas that write at once lose nothing of each other's.
  const idle = await openAgent({ name: 'idle' })
  const uuid = Buffer.from(idle.id, 'base64').toString().split(':')[1]!
  const one = [{ agentId: uuid, done: 1, failed: 0, lost: 2 }]
  const { pool } = app.app.services.database
  await Promise.all(Array.from({ length: 20 }, () => addCounts(pool, one)))
  const { rows } = await pool.query(
    `SELECT tasks_done::int AS done, tasks_lost::int AS lost FROM agent WHERE id = $1`,
    [uuid],
  )
  expect(rows).toEqual([{ done: 20, lost: 40 }])
})

test('of what an agent has done is told at once, whatever is written, and goes on from there when it comes again', async () => {
  const { app, admin, openAgent } = await startWorld({ alone: false, environment: { SESSION_GRACE_MS: '0' } })
  await setDurations(admin, { ADD: 0 })
  const neighbour = await startTestApp({ databaseUrl: app.databaseUrl, alone: false })
  const there = new ApiClient(neighbour.socketUrl, await login(neighbour, 'admin@example.com'))
  const elsewhere = there.watch<{ agentsChanged: Told[] }>(`subscription { agentsChanged { ${fields} } }`)
  await elsewhere.inbox.next()
  const told = () => admin.get<{ agents: Told[] }>(`{ agents { ${fields} } }`)
  for (const runs of [1, 2]) {
    const ada = await openAgent({ name: 'ada' })
    for (let i = 0; i < 3; i++) {
      const { id } = await submit(admin, `${i}+1+2`)
      await ada.solve(await ada.assigned.next())
      await ada.solve(await ada.assigned.next())
      await ending(admin, id)
    }
    expect(await told()).toMatchObject({ agents: [{ name: 'ada', tasksDone: 6 * runs }] })
    ada.cut()
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'OFFLINE')
    expect(await told()).toMatchObject({ agents: [{ name: 'ada', tasksDone: 6 * runs }] })
  }
  await elsewhere.inbox.until(({ agentsChanged }) => agentsChanged.some(({ tasksDone }) => tasksDone === 12))
})

test('what is counted when a server stops is written', async () => {
  const { app, admin, openAgent } = await startWorld()
  await setDurations(admin, { ADD: 0 })
  const ada = await openAgent({ name: 'ada' })
  const { id } = await submit(admin, '1+2')
  await ada.solve(await ada.assigned.next())
  await ending(admin, id)
  await app.stop()
  const next = await startTestApp({ databaseUrl: app.databaseUrl })
  const again = new ApiClient(next.socketUrl, await login(next, 'admin@example.com'))
  expect(await again.get('{ agents { tasksDone } }')).toEqual({ agents: [{ tasksDone: 1 }] })
})

test('a name that misleads is refused, of a machine too', async () => {
  const { openAgent } = await startWorld()
  await expect(openAgent({ host: 'a\u202Eb' })).rejects.toThrow(/host|INVALID_INPUT/)
  await expect(openAgent({ programVersion: 'x'.repeat(101) })).rejects.toThrow(/programVersion|INVALID_INPUT/)
})

test('an agent that is gone is forgotten by an admin: no list has it, what it did names it, and it may come back', async () => {
  const { app, admin, openAgent } = await startWorld()
  await setDurations(admin, { ADD: 0 })
  const ada = await openAgent({ name: 'ada' })
  const { id } = await submit(admin, '1+2')
  await ada.solve(await ada.assigned.next())
  await ending(admin, id)
  expect(await forget(admin, ada.id)).toEqual({ __typename: 'AgentConnectedError', code: 'AGENT_CONNECTED' })
  await ada.leave()
  await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'OFFLINE')
  const bob = await register(app, 'bob@example.com')
  expect(await forget(bob, ada.id)).toMatchObject({ code: 'FORBIDDEN' })
  const watcher = bob.watch<{ agentsChanged: Told[] }>(`subscription { agentsChanged { ${fields} } }`)
  await watcher.inbox.next()
  expect(await forget(admin, ada.id)).toEqual({ __typename: 'Agent' })
  await watcher.inbox.until(({ agentsChanged }) => agentsChanged.some(({ forgottenAt }) => forgottenAt !== null))
  expect(await admin.get('{ agents { name } agentsConnection { totalCount } }')).toEqual({
    agents: [],
    agentsConnection: { totalCount: 0 },
  })
  const { expression } = await admin.get<{ expression: object }>(
    'query ($id: ID!) { expression(id: $id) { tasks { agent { name } } } }',
    { id },
  )
  expect(expression).toEqual({ tasks: [{ agent: { name: 'ada' } }] })
  const back = await openAgent({ name: 'ada' })
  expect(back.id).toBe(ada.id)
  expect(await admin.get('{ agents { name forgottenAt } }')).toEqual({ agents: [{ name: 'ada', forgottenAt: null }] })
})

test('agents and their tokens come by pages, with their number', async () => {
  const { admin, openAgent } = await startWorld()
  for (const name of ['c', 'a', 'b']) await openAgent({ name })
  const page = async (args: string) =>
    (
      await admin.get<{
        agentsConnection: { totalCount: number; pageInfo: object; edges: { cursor: string; node: { name: string } }[] }
      }>(
        `{ agentsConnection(${args}) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { name } } } }`,
      )
    ).agentsConnection
  const names = ({ edges }: Awaited<ReturnType<typeof page>>) => edges.map(({ node }) => node.name)
  const first = await page('first: 2')
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true, hasPreviousPage: false } })
  expect(names(first)).toEqual(['a', 'b'])
  const rest = await page(`first: 2, after: "${first.edges[1]!.cursor}"`)
  expect(rest).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: true } })
  expect(names(rest)).toEqual(['c'])
  expect(names(await page(`last: 1, before: "${rest.edges[0]!.cursor}"`))).toEqual(['b'])
  await expect(page('first: 2, after: "nonsense"')).rejects.toThrow(/no cursor/)
  await expect(page('first: 101')).rejects.toThrow(/1 to 100/)
  await createAgentToken(admin, 'second')
  const { agentTokensConnection: tokens } = await admin.get<{ agentTokensConnection: object }>(
    '{ agentTokensConnection(first: 1) { totalCount edges { node { name } } pageInfo { hasNextPage } } }',
  )
  expect(tokens).toEqual({ totalCount: 2, edges: [{ node: { name: 'second' } }], pageInfo: { hasNextPage: true } })
})

test('the cluster is told of moment by moment, the last minutes to whoever comes later too', async () => {
  const { app, admin, openAgent } = await startWorld()
  const agent = await openAgent({ name: 'ada', slots: 2 })
  await setDurations(admin, { ADD: 0, MULTIPLY: 0 })
  const work = (async () => {
    for (;;) await agent.solve(await agent.assigned.next())
  })().catch(() => {})
  interface Sample {
    readonly at: string
    readonly slots: number
    readonly tasksPerSecond: number
    readonly schedulingDelayMs: number | null
    readonly byOperation: readonly { readonly operation: string; readonly tasksPerSecond: number }[]
  }
  const watch = (client: ApiClient) =>
    client.watch<{ clusterSamplesChanged: Sample[] }>(
      'subscription { clusterSamplesChanged { at slots tasksPerSecond schedulingDelayMs byOperation { operation tasksPerSecond } } }',
    ).inbox
  const computed = ending(admin, (await submit(admin, '(1+2)*(3+4)')).id)
  const isOfIt = ({ tasksPerSecond }: Sample) => tasksPerSecond > 0
  const inbox = watch(admin)
  const { clusterSamplesChanged: come } = await inbox.until((event) => event.clusterSamplesChanged.some(isOfIt))
  const seen = come.find(isOfIt)
  await computed
  expect(seen).toMatchObject({ slots: 2 })
  const byOperation = seen!.byOperation.reduce((sum, { tasksPerSecond }) => sum + tasksPerSecond, 0)
  expect(byOperation).toBeCloseTo(seen!.tasksPerSecond, 5)
  const bob = await register(app, 'bob@example.com')
  const { clusterSamplesChanged } = await watch(bob).next()
  expect(clusterSamplesChanged).toContainEqual(seen)
  expect(clusterSamplesChanged.some(({ schedulingDelayMs }) => schedulingDelayMs !== null)).toBe(true)
  expect(clusterSamplesChanged.map(({ at }) => at)).toEqual(clusterSamplesChanged.map(({ at }) => at).toSorted())
  await agent.leave()
  await work
})

test('of two processes under one name the first stays, and the second waits until it is gone', async () => {
  const { app, admin, agentToken } = await startWorld()
  const start = () => {
    const process_ = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('../../../agent/src/main.ts', import.meta.url))],
      {
        env: {
          ...process.env,
          RECKON_SERVER: app.socketUrl,
          RECKON_AGENT_TOKEN: agentToken,
          RECKON_AGENT_NAME: 'twin',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    whenTestIsDone(() => void process_.kill('SIGKILL'))
    const lines = new Inbox<string>('lines of an agent')
    process_.stderr.on('data', (data: Buffer) => lines.put(data.toString()))
    return { process: process_, lines }
  }
  const first = start()
  await first.lines.until((line) => line.includes('"connected"'))
  const second = start()
  const refusal = await second.lines.until((line) => line.includes('not connected'))
  expect(refusal).toContain('Another agent is connected under this name')
  // It asks again and again, and the first computes all the while.
  await setDurations(admin, { ADD: 0 })
  for (let i = 0; i < 3; i++) await ending(admin, (await submit(admin, `${i}+1`)).id)
  expect([first.process.exitCode, second.process.exitCode]).toEqual([null, null])
  first.process.kill('SIGKILL')
  await second.lines.until((line) => line.includes('"connected"'))
  await ending(admin, (await submit(admin, '5+6')).id)
  const { agents } = await admin.get<{ agents: Told[] }>(`{ agents { ${fields} } }`)
  expect(agents).toMatchObject([
    { name: 'twin', state: 'ONLINE', programVersion: expect.stringMatching(/^\d/) as string },
  ])
})
