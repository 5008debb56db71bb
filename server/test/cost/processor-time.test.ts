import { describe, expect, test } from 'vitest'
import { monotonicNow, processorNow } from '../../src/clock.ts'
import { ProcessorTime } from '../../src/use-cases/processor-time.ts'
import { register, type Person } from '../support/people.ts'
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
  const spendAll = async (app: TestApp, person: Person) => {
    const planned = async () => (await ask(app, person, plan, { source: largestSource })).data?.['planExpression']
    expect(await planned()).toMatchObject({ __typename: 'Plan' })
    while ((await planned())?.['__typename'] === 'Plan');
  }
  const refused = { __typename: 'RateLimitedError', code: 'RATE_LIMITED' }

  test('is refused everything that is read or planned, and told when to come back; others are not', async () => {
    const { app, admin } = await startWorld({ environment: { PROCESSOR_MS_PER_MINUTE: '200' } })
    const other = await register(app, 'other@example.com')
    // Known, or to read the documents would be refused already.
    for (const document of [submit, submitMany]) await ask(app, other, document, { source: '1' })
    await spendAll(app, admin)
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

    const read = await ask(app, admin, '{ expressions(first: 1) { edges { node { id } } } }')
    expect(read.status).toBe(429)
    expect(Number(read.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(read.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
    expect(read.errors?.[0]?.extensions).not.toHaveProperty('http')
    const watched = await admin.run('subscription { expressionsChanged { id } }')
    expect(watched.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
    expect(watched.errors?.[0]?.extensions).not.toHaveProperty('http')

    expect((await ask(app, other, '{ viewer { id } }')).errors).toBeUndefined()
  })

  test('reads nothing on by what a mutation answers with', async () => {
    const many = ['tasks { index }', 'remainingMs(slots: 1)', 'result { repeating }']
    const { app, admin } = await startWorld({ environment: { PROCESSOR_MS_PER_MINUTE: '200' } })
    const other = await register(app, 'other@example.com')
    const { id } = await submitOne(admin, '7')
    const cancel = (fields: string) =>
      `mutation ($id: ID!) { cancelExpression(input: { id: $id }) { __typename ... on ExpressionFinishedError { expression { id ${fields} } } } }`
    for (const fields of ['', ...many]) await ask(app, other, cancel(fields), { id })
    await spendAll(app, admin)
    const { data } = await ask(app, admin, cancel(''), { id })
    expect(data).toMatchObject({ cancelExpression: { __typename: 'ExpressionFinishedError' } })
    for (const fields of many) {
      const read = await ask(app, admin, cancel(fields), { id })
      expect(read.errors?.[0]?.extensions, fields).toMatchObject({ code: 'RATE_LIMITED' })
    }
  })

  test('has no document read that nobody has sent yet; those that are known go on, and so do agents', async () => {
    const { app, admin, openAgent } = await startWorld({ environment: { PROCESSOR_MS_PER_MINUTE: '200' } })
    const nobody = { token: '' }
    const signIn = `mutation { login(input: { email: "a@b.c", password: "a password" }) { __typename } }`
    const documentOf = (place: number) =>
      `mutation Nr${place} { logout { __typename } } ${Array.from({ length: 20 }, (_, other) => `fragment F${other} on User { id }`).join(' ')}`
    expect((await ask(app, nobody, signIn)).errors).toBeUndefined()
    const answers = []
    for (let place = 0; place < 200; place++) answers.push(await ask(app, nobody, documentOf(place)))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused[0]?.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
    expect((await ask(app, nobody, documentOf(199))).status).toBe(429)

    expect((await ask(app, nobody, signIn)).data).toMatchObject({ login: expect.anything() as unknown })
    expect((await ask(app, admin, '{ viewer { id } }')).errors).toBeUndefined()
    await openAgent()
  })

  test('pays for events that are short too', async () => {
    const { admin, openAgent } = await startWorld({ environment: { PROCESSOR_MS_PER_MINUTE: '200' } })
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
