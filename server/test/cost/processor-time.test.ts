import { describe, expect, test } from 'vitest'
import { monotonicNow, processorNow } from '../../src/clock.ts'
import { clientNetwork } from '../../src/use-cases/accounts/client-network.ts'
import { ProcessorTime } from '../../src/use-cases/processor-time.ts'
import { register } from '../support/people.ts'
import { ending, submit as submitOne } from '../support/expressions.ts'
import type { TestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'
import { ask } from './http.ts'
import { largeSource, largestSource } from './large-expression.ts'

describe('a client has so much time a minute', () => {
  let time = 0
  const begin = () => {
    time = 0
    return new ProcessorTime({ now: () => time, processorNow: () => time, msPerMinute: 30_000 })
  }

  test('and is told when there is more of it', () => {
    const processor = begin()
    expect(processor.refusal('ada')).toBeUndefined()
    processor.spend('ada', 32_000)
    expect(processor.refusal('ada')).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 4 })
    expect(processor.refusal('bob')).toBeUndefined()
    time += 3_999
    expect(processor.refusal('ada')).toMatchObject({ retryAfterSeconds: 1 })
    time += 2
    expect(processor.refusal('ada')).toBeUndefined()
  })

  test('and saves no more of it than for a minute', () => {
    const processor = begin()
    processor.spend('ada', 10)
    time += 3_600_000
    processor.spend('ada', 30_001)
    expect(processor.refusal('ada')).toBeDefined()
  })

  test('of which work within work counts once', () => {
    const processor = begin()
    const takes = (ms: number) => () => (time += ms)
    processor.runNow('ada', () => {
      processor.measure('ada', takes(10_000))
      takes(10_000)()
    })
    processor.spend('ada', 9_999)
    expect(processor.refusal('ada')).toBeUndefined()
    // Without what came back meanwhile it would be more than enough.
    processor.spend('ada', 10_002)
    expect(processor.refusal('ada')).toBeDefined()
  })

  test('and what costs little is told and asked in less than a microsecond', () => {
    const processor = new ProcessorTime({ now: monotonicNow, processorNow, msPerMinute: 1e9 })
    const once = () => processor.refusal('ada') ?? processor.measure('ada', () => 1)
    for (let place = 0; place < 100_000; place++) once()
    const before = process.cpuUsage()
    for (let place = 0; place < 100_000; place++) once()
    const { user, system } = process.cpuUsage(before)
    // A tenth of what an operation of the hot path takes; 0.2 to 0.4 on a quiet machine.
    expect((user + system) / 100_000).toBeLessThan(2)
  })
})

describe('whoever has had their time', () => {
  const plan = `query ($source: String!) { planExpression(source: $source) { __typename ... on Error { code message } ... on RateLimitedError { retryAfterSeconds } } }`
  const submit = `mutation ($source: String!) { submitExpression(input: { source: $source, requestId: "a" }) { __typename ... on Error { code } } }`
  const submitMany = `mutation ($source: String!) { submitExpressions(input: { expressions: [{ source: $source, requestId: "b" }] }) { __typename } }`
  const refused = { __typename: 'RateLimitedError', code: 'RATE_LIMITED' }
  /** It takes minutes to come back. */
  const exhaust = ({ app }: TestApp, client: string) => app.services.processor.spend(client, 300_000)
  const idOf = (globalId: string): string => Buffer.from(globalId, 'base64').toString().split(':')[1] ?? ''

  test('is refused everything that is read or planned, and told when to come back; others are not', async () => {
    const { app, admin } = await startWorld()
    const other = await register(app, 'other@example.com')
    const list = '{ expressions(first: 1) { edges { node { id } } } }'
    const watch = 'subscription { expressionsChanged { id } }'
    // Known, or to read the documents would be refused already.
    for (const document of [plan, submit, submitMany, list]) await ask(app, other, document, { source: '1' })
    await Promise.all([other.run(watch), submitOne(other, '2')])
    exhaust(app, idOf(admin.userId))
    const planned = await ask(app, admin, plan, { source: '1+1' })
    expect(planned.data).toMatchObject({ planExpression: refused })
    expect(planned.data?.['planExpression']).toMatchObject({
      message: expect.stringMatching(/Wait \d+ (s|minutes) and try again\.$/) as string,
      retryAfterSeconds: expect.any(Number) as number,
    })
    expect((await ask(app, admin, submit, { source: '1+1' })).data).toMatchObject({ submitExpression: refused })
    expect((await ask(app, admin, submitMany, { source: '1+1' })).data).toMatchObject({
      submitExpressions: { __typename: 'RateLimitedError' },
    })

    const read = await ask(app, admin, list)
    expect(read.status).toBe(429)
    expect(Number(read.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(read.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
    expect(read.errors?.[0]?.extensions).not.toHaveProperty('http')
    const watched = await admin.run(watch)
    expect(watched.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
    expect(watched.errors?.[0]?.extensions).not.toHaveProperty('http')

    expect((await ask(app, other, '{ viewer { id } }')).errors).toBeUndefined()
  })

  test('reads nothing on by what a mutation answers with', async () => {
    const many = ['tasks { index }', 'remainingMs(slots: 1)', 'result { repeating }']
    const { app, admin } = await startWorld()
    const other = await register(app, 'other@example.com')
    const { id } = await submitOne(admin, '7')
    const cancel = (fields: string) =>
      `mutation ($id: ID!) { cancelExpression(input: { id: $id }) { __typename ... on ExpressionFinishedError { expression { id ${fields} } } } }`
    for (const fields of ['', ...many]) await ask(app, other, cancel(fields), { id })
    exhaust(app, idOf(admin.userId))
    const { data } = await ask(app, admin, cancel(''), { id })
    expect(data).toMatchObject({ cancelExpression: { __typename: 'ExpressionFinishedError' } })
    for (const fields of many) {
      const read = await ask(app, admin, cancel(fields), { id })
      expect(read.errors?.[0]?.extensions, fields).toMatchObject({ code: 'RATE_LIMITED' })
    }
  })

  const signIn = `mutation { login(input: { email: "a@b.c", password: "a password" }) { __typename } }`

  test('has no document read that nobody has sent lately; known ones go on, and so do agents', async () => {
    const { app, admin, agentToken, agentTokenId } = await startWorld()
    const nobody = { token: '' }
    const other = (name: string) => signIn.replace('login', `${name}: login`)
    await ask(app, nobody, signIn)
    // Parsed, and not validated.
    await fetch(`${app.url}?query=${encodeURIComponent(other('byGet'))}`, { headers: { 'x-graphql-yoga-csrf': '1' } })
    for (const client of [clientNetwork('127.0.0.1'), idOf(admin.userId), idOf(agentTokenId)]) exhaust(app, client)

    for (const name of ['a', 'a', 'byGet']) {
      const { status, headers, errors } = await ask(app, nobody, other(name))
      expect(status).toBe(429)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
    }
    expect((await ask(app, nobody, signIn)).data).toMatchObject({ login: expect.anything() as unknown })
    const { errors } = await admin.run(other('b'))
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
    expect((await ask(app, { token: agentToken }, other('c'))).status).toBe(200)
  })

  test('waits in a line of its own to have a new document read', async () => {
    const { app, admin } = await startWorld()
    const count = 100
    let worked = 0
    const work = () => {
      const began = monotonicNow()
      while (monotonicNow() - began < 12);
      worked++
    }
    const { processor } = app.app.services
    for (let place = 0; place < count; place++) void processor.run(clientNetwork('127.0.0.1'), work)
    const behind = ask(app, { token: '' }, signIn).then(() => worked)
    const beside = [ask(app, admin, 'query New { viewer { id } }'), admin.run('query Newer { viewer { id } }')]
    await Promise.all(beside)
    expect(worked).toBeLessThan(count)
    expect(await behind).toBe(count)
  })

  test('pays for what is planned', async () => {
    const { app, admin } = await startWorld({ environment: { PROCESSOR_MS_PER_MINUTE: '1000' } })
    const planned = async () => (await ask(app, admin, plan, { source: largestSource })).data?.['planExpression']
    expect(await planned()).toMatchObject({ __typename: 'Plan' })
    let last
    for (let tried = 0; tried < 100 && last?.['__typename'] !== refused.__typename; tried++) last = await planned()
    expect(last).toMatchObject(refused)
  })

  test('pays for events that are short too', async () => {
    const { admin, openAgent } = await startWorld({ environment: { PROCESSOR_MS_PER_MINUTE: '500' } })
    const agent = await openAgent()
    const { id } = await submitOne(admin, '1/10000000000000000000009')
    await agent.solve(...(await agent.take(1)))
    await ending(admin, id)
    const periods = Array.from({ length: 29 }, (_, place) => `p${place}: repeating`).join(' ')
    const watch = `subscription ($id: ID!) { expressionChanged(id: $id) { id result { ${periods} } } }`
    const refusals: unknown[] = []
    for (let watched = 0; watched < 600 && refusals.length === 0; watched++) {
      const { errors = [] } = await admin.run(watch, { id })
      refusals.push(...errors.map(({ extensions }) => extensions?.['code']))
    }
    expect(refusals).toEqual(['RATE_LIMITED'])
  })

  test('is nobody who submits thousands of small expressions and reads a large one', async () => {
    const { app, admin } = await startWorld()
    const expressions = (round: number) =>
      Array.from({ length: 100 }, (_, place) => ({ source: `${round}+2*(3-4)`, requestId: `${round} ${place}` }))
    const many = `mutation ($input: SubmitExpressionsInput!) { submitExpressions(input: $input) { ... on SubmitExpressionsPayload { outcomes { __typename } } } }`
    for (let round = 0; round < 20; round++) {
      const { data } = await ask(app, admin, many, { input: { expressions: expressions(round) } })
      expect(JSON.stringify(data)).not.toContain('Error')
    }
    for (let round = 0; round < 5; round++)
      expect((await ask(app, admin, plan, { source: largeSource(round) })).data).toMatchObject({
        planExpression: { __typename: 'Plan' },
      })
  })
})
