import { createClient } from 'graphql-ws'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createTestDatabase } from '../support/database.ts'
import { ending, setDurations, submit } from '../support/expressions.ts'
import { signedIn } from '../support/people.ts'
import { startAgentProcess } from '../support/agent-process.ts'
import { startTestApp } from '../support/test-app.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'
import { attribute, startCollector, type CollectedBody, type CollectedSpan } from './collector.ts'

const isWhole = ({ name }: CollectedSpan) => name === 'expression'
const idOf = (globalId: string) => Buffer.from(globalId, 'base64').toString().split(':')[1] ?? ''
const traceIdOf = (globalId: string) => idOf(globalId).replaceAll('-', '')

/** Names, each below that of its parent. */
function treeOf(spans: readonly CollectedSpan[], parent?: string): unknown[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent)
    .map(({ name, spanId }) => [name, ...treeOf(spans, spanId)])
    .sort()
}

/** Of OTLP's kinds: what was done for somebody elsewhere. */
const serverKind = 2

const msOf = ({ startTimeUnixNano, endTimeUnixNano }: CollectedSpan) =>
  Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6

const nameOf = ({ resourceSpans }: CollectedBody) =>
  resourceSpans[0] && attribute(resourceSpans[0].resource, 'service.name')

const task = ['task', ['announce'], ['append'], ['compute'], ['place']]

test('an expression is one trace, from its submission to what a real agent computes and its end', async () => {
  const collector = await startCollector()
  const { app, admin, agentToken } = await startWorld({
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20secret',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
    },
  })
  await setDurations(admin, { '+': 30, '*': 0 })
  await startAgentProcess(app, agentToken, admin, { name: 'real' })
  const { id } = await submit(admin, '(1+2)*3')
  await ending(admin, id)
  await collector.until(isWhole)
  const { url, headers, body } = await collector.requests.next()
  expect({ url, key: headers['api-key'] }).toEqual({ url: '/v1/traces', key: 'a secret' })
  const { resource } = body.resourceSpans[0]!
  expect(attribute(resource, 'service.name')).toBe('reckon')
  expect(attribute(resource, 'deployment.environment')).toBe('test')

  await app.stop()
  const { seen } = collector
  expect(treeOf(seen)).toEqual([['expression', ['submit', ['plan']], task, task]])
  expect(new Set(seen.map(({ traceId }) => traceId))).toEqual(new Set([traceIdOf(id)]))
  const computed = seen.find((span) => span.name === 'compute' && attribute(span, 'reckon.operation') === '+')!
  expect(msOf(computed)).toBeGreaterThanOrEqual(29)
  for (const { startTimeUnixNano, endTimeUnixNano } of seen)
    expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano))
})

test('what a real agent tells itself stands below what the server tells of it, and of what is not kept it tells nothing', async () => {
  const collector = await startCollector()
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: 'parentbased_always_off' }
  const { app, admin, agentToken } = await startWorld({ environment })
  await setDurations(admin, { '+': 30 })
  const told = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test' }
  const agent = await startAgentProcess(app, agentToken, admin, { name: 'real', environment: told })
  const unkept = await submit(admin, '2+2')
  await ending(admin, unkept.id)
  const headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json', traceparent }
  const body = JSON.stringify({ source: '(1+2)/3' })
  await fetch(new URL('/api/v1/expressions?wait=30', app.url), { method: 'POST', headers, body })
  await agent.stop()
  await app.stop()

  const { seen } = collector
  expect(new Set(seen.map(({ traceId }) => traceId))).toEqual(new Set([parent.traceId]))
  const withAgent = ['task', ['announce'], ['append'], ['compute', ['compute']], ['place']]
  expect(treeOf(seen, parent.spanId)).toEqual([['expression', ['submit', ['plan']], withAgent, withAgent]])
  const fromAgent = (await collector.requests.until(({ body }) => nameOf(body) === 'reckon-agent')).body
    .resourceSpans[0]!
  expect(attribute(fromAgent.resource, 'service.instance.id')).toBe('real')
  expect(attribute(fromAgent.resource, 'deployment.environment')).toBe('test')
  const spans = seen.filter(({ name, kind }) => name === 'compute' && kind === serverKind)
  expect(spans.map((span) => attribute(span, 'reckon.operation')).sort()).toEqual(['+', '/'])
  const sum = spans.find((span) => attribute(span, 'reckon.operation') === '+')!
  expect(msOf(sum)).toBeGreaterThanOrEqual(29)
})

const parent = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }
const traceparent = `00-${parent.traceId}-${parent.spanId}-01`
const submission = `mutation ($id: String!) {
  submitExpression(input: { source: "1+1", requestId: $id }) { ... on Expression { id } }
}`

test('it continues the trace of its client: of HTTP, REST, a message of a socket and the socket itself', async () => {
  const collector = await startCollector()
  const environment = {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/here`,
    OTEL_TRACES_SAMPLER: 'parentbased_always_off',
  }
  const { app, admin, openAgent } = await startWorld({ environment })
  const agent = await openAgent()
  const { token } = admin
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', traceparent }
  const post = (url: string, body: object, more = {}) =>
    fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) })
  const overSocket = (extensions: object, header = {}) =>
    new Promise<void>((resolve, reject) => {
      class Socket extends WebSocket {
        constructor(address: string, protocol: string) {
          super(address, protocol, { headers: header })
        }
      }
      const client = createClient({ url: app.socketUrl, webSocketImpl: Socket, connectionParams: { token } })
      const payload = { query: submission, variables: { id: JSON.stringify([extensions, header]) }, extensions }
      client.subscribe(payload as never, { next: () => {}, error: reject, complete: () => resolve(client.dispose()) })
    })
  const ways = [
    () => post(app.url, { query: submission, variables: { id: 'http' } }),
    () => post(new URL('/api/v1/expressions', app.url).href, { source: '1+1' }),
    () => overSocket({ traceparent }),
    () => overSocket({}, { traceparent }),
  ]
  for (const submitIt of ways) {
    await submitIt()
    await agent.solve(...(await agent.take(1)))
    const whole = await collector.until(isWhole)
    expect(whole).toMatchObject({ traceId: parent.traceId, parentSpanId: parent.spanId })
    expect(new Set(collector.seen.splice(0).map(({ traceId }) => traceId))).toEqual(new Set([parent.traceId]))
  }

  // By the sampler, and by its client, these are not kept: the first that is told of is the third.
  await submit(admin, '2+2')
  await post(app.url, { query: submission, variables: { id: 'not' } }, { traceparent: traceparent.replace(/1$/, '0') })
  await post(app.url, { query: submission, variables: { id: 'kept' } })
  await agent.solve(...(await agent.take(3)))
  await collector.until(isWhole)
  expect(collector.seen.filter(isWhole)).toHaveLength(1)
  expect((await collector.requests.next()).url).toBe('/here')
})

test('failed attempts, a retry and another replica are in the same trace, and of a large expression a part', async () => {
  const collector = await startCollector()
  const database = await createTestDatabase()
  const environment = {
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, RECKON_TRACED_TASKS: '2', MAX_ATTEMPTS: '1' },
  }
  const first = await startWorld({ databaseUrl: database.url, environment })
  const ada = await first.openAgent({ name: 'ada' })
  const body = JSON.stringify({ source: '(1+2)*(3+4)*(5+6)' })
  const headers = { authorization: `Bearer ${first.admin.token}`, 'content-type': 'application/json', traceparent }
  const answer = await fetch(new URL('/api/v1/expressions', first.app.url), { method: 'POST', headers, body })
  const { id } = (await answer.json()) as { id: string }
  const [one] = await ada.take(3)
  await ada.submit({ ticket: one!.ticket, error: { code: 'AGENT_ERROR', message: 'Out of order.' } })
  await collector.until(isWhole)
  await ada.leave()
  await first.app.stop()

  const app = await startTestApp({ databaseUrl: database.url, environment })
  const admin = signedIn(app, first.admin.token, first.admin.userId)
  const bob = await TestAgent.open(app, first.agentToken, { name: 'bob' })
  const globalId = Buffer.from(`Expression:${id}`).toString('base64')
  const retried = await admin.get(`mutation ($id: ID!) { retryExpression(input: { id: $id }) { __typename } }`, {
    id: globalId,
  })
  expect(retried).toEqual({ retryExpression: { __typename: 'Expression' } })
  for (let left = 5; left > 0; left--) await bob.solve(...(await bob.take(1)))
  await collector.until(({ name }) => name === 'retried expression')
  const { seen } = collector
  expect(new Set(seen.map(({ traceId }) => traceId))).toEqual(new Set([parent.traceId]))
  expect(seen.filter(isWhole)).toMatchObject([{ parentSpanId: parent.spanId, status: { message: 'ATTEMPTS_SPENT' } }])
  const tasks = seen.filter(({ name }) => name === 'task')
  expect(
    tasks.map((span) => [attribute(span, 'reckon.task'), attribute(span, 'reckon.attempt'), span.status?.message]),
  ).toEqual([
    ['0', '1', 'Out of order.'],
    ['0', '2', undefined],
    ['1', expect.any(String), undefined],
  ])
})

test('an agent that asks is told the context of each task; without tracing there is none', async () => {
  const collector = await startCollector()
  for (const environment of [{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, {}]) {
    const { app, admin, agentToken: token } = await startWorld({ environment })
    const client = createClient({ url: app.socketUrl, connectionParams: { token }, webSocketImpl: WebSocket })
    const events = client.iterate<{ agentSession: { assignments?: { traceparent: string | null }[] } }>({
      query: `subscription { agentSession(input: { name: "ada", slots: 1, sessionId: "${crypto.randomUUID()}", heldTickets: [] }) {
        ... on TasksAssigned { assignments { traceparent } } } }`,
    })
    await events.next()
    const { id } = await submit(admin, '1+2')
    const { value } = await events.next()
    const [assignment] = (value as { data: { agentSession: { assignments: { traceparent: string | null }[] } } }).data
      .agentSession.assignments
    const isTraced = 'OTEL_EXPORTER_OTLP_ENDPOINT' in environment
    expect(assignment?.traceparent).toEqual(
      isTraced ? expect.stringMatching(`^00-${traceIdOf(id)}-[0-9a-f]{16}-01$`) : null,
    )
    expect(app.app.services.tracer === undefined).toBe(!isTraced)
    await client.dispose()
  }
})

test('a collector that takes what it is sent and never answers keeps no server from computing or from stopping', async () => {
  const collector = await startCollector(() => {})
  // Far longer than a test may take.
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_TIMEOUT: '600000' }
  const { app, admin, openAgent } = await startWorld({ environment })
  await setDurations(admin, { '+': 0, '*': 0 })
  const agent = await openAgent()
  const compute = async (source: string) => {
    const { id } = await submit(admin, source)
    await agent.solve(await agent.assigned.next())
    await ending(admin, id)
  }
  await compute('1+2')
  await collector.requests.next()
  // The next ones wait behind the request that is under way.
  await compute('3+4')
  await compute('5*6')
  await app.stop()
  expect(collector.seen.filter(isWhole)).toHaveLength(1)
})
