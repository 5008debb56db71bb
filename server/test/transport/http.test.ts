import { Client as UrqlClient, fetchExchange } from '@urql/core'
import { serverAudits } from 'graphql-http'
import { request } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { startTransport } from './test-transport.ts'

test('passes the audits of GraphQL over HTTP', async () => {
  const { url } = await startTransport()
  // What the audits send by GET needs the header that shows it was no form or link.
  const fetchFn = (input: string, init?: RequestInit) =>
    fetch(input, { ...init, headers: { ...init?.headers, 'x-graphql-yoga-csrf': '1' } })
  const audits = serverAudits({ url, fetchFn })
  const results = await Promise.all(audits.map(({ fn }) => fn()))
  expect(results.filter(({ status }) => status !== 'ok')).toEqual([])
  expect(results).toHaveLength(61)
})

describe('requests that other sites could send', () => {
  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'query=mutation{count}'],
    ['a plain text', 'text/plain', JSON.stringify({ query: 'mutation { count }' })],
    ['a multipart form', 'multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
  ])('%s runs nothing', async (_name, type, body) => {
    const { url, stage } = await startTransport()
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(stage.counted).toBe(0)
  })

  const ofClients = { accept: 'application/graphql-response+json, application/json' }
  test.each([
    ['a link', { accept: '*/*' }],
    ['a script of another site without CORS', { ...ofClients, 'sec-fetch-mode': 'no-cors' }],
    ['a frame', { ...ofClients, 'sec-fetch-mode': 'navigate' }],
  ])('%s runs nothing', async (_name, headers) => {
    const { url } = await startTransport()
    const { status } = await get(`${url}?query={actor}`, headers)
    expect(status).toBe(403)
  })

  test('a page runs a mutation: control', async () => {
    const { query, stage } = await startTransport()
    await query('mutation { count }')
    expect(stage.counted).toBe(1)
  })
})

/** As a browser sends it: `fetch` of Node says itself how it fetches. */
const get = (url: string, headers: Record<string, string>) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    request(url, { headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
      .on('error', reject)
      .end()
  })

describe('queries by GET', () => {
  test('are answered to urql with the options that it has by default', async () => {
    const { url } = await startTransport()
    const methods: (string | undefined)[] = []
    const client = new UrqlClient({
      url,
      exchanges: [fetchExchange],
      fetch: (input, init) => {
        methods.push(init?.method)
        return fetch(input, init)
      },
    })
    const { data, error } = await client.query('{ actor }', {}).toPromise()
    expect(error).toBeUndefined()
    expect(data).toEqual({ actor: '{"kind":"anonymous"}' })
    expect(methods).toEqual(['GET'])
    expect((await client.mutation('mutation { count }', {}).toPromise()).data).toEqual({ count: 1 })
    expect(methods).toEqual(['GET', 'POST'])
  })

  test.each([
    'graphql-require-preflight',
    'apollo-require-preflight',
    'x-apollo-operation-name',
    'x-graphql-yoga-csrf',
  ])('are answered with %s', async (header) => {
    const { url } = await startTransport()
    expect((await get(`${url}?query={actor}`, { [header]: '1' })).status).toBe(200)
  })

  test('are answered with a token, and for whom it stands', async () => {
    const { url } = await startTransport()
    const { text } = await get(`${url}?query={actor}`, { authorization: 'Bearer user:ada' })
    expect(JSON.parse(text)).toMatchObject({ data: { actor: '{"kind":"user","userId":"ada"}' } })
  })

  test('run no mutation', async () => {
    const { url, stage } = await startTransport()
    const headers = { accept: 'application/graphql-response+json', authorization: 'Bearer user:ada' }
    expect((await get(`${url}?query=mutation{count}`, headers)).status).toBe(405)
    expect(stage.counted).toBe(0)
  })
})

describe('CORS', () => {
  const environment = { ALLOWED_ORIGINS: 'https://a.example, https://b.example/' }
  const preflight = (url: string, origin: string) =>
    fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    })

  test.each(['https://a.example', 'https://b.example'])('%s is allowed', async (origin) => {
    const { url, query } = await startTransport({ environment })
    const { headers } = await preflight(url, origin)
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    const { response } = await query('{ actor }', { origin })
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(response.headers.get('vary')).toBe('Origin')
  })

  test.each(['https://evil.example', 'https://a.example.evil.example', 'null'])('%s is not', async (origin) => {
    const { url, query } = await startTransport({ environment })
    const answers = [await preflight(url, origin), (await query('{ actor }', { origin })).response]
    for (const { headers } of answers)
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('nothing is reflected where no origin is allowed', async () => {
    const { url } = await startTransport()
    const { headers } = await preflight(url, 'https://evil.example')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('the size of a body', () => {
  const of = { bytes: 10_000, values: 100 }
  const limits = { messages: { anonymous: of, user: of, agent: of } }
  const document = `{ actor } #${'x'.repeat(20_000)}`
  const tooLarge = (message: string) => ({ errors: [{ message, extensions: { code: 'REQUEST_ENTITY_TOO_LARGE' } }] })

  test('is limited by what its header says', async () => {
    const { query } = await startTransport({ limits })
    const { response, errors } = await query(document)
    expect(response.status).toBe(413)
    expect({ errors }).toEqual(
      tooLarge('The request body has more than the 10000 bytes that are read of who is not signed in.'),
    )
  })

  test('is limited while it is read', async () => {
    const { port } = await startTransport({ limits })
    const socket = connect(port, '127.0.0.1')
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`
    socket.write(chunk.repeat(4))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /)
    expect(String(answer)).toContain(JSON.stringify(tooLarge('Request body too large')))
    socket.destroy()
  })

  test('is fine below the limit: control', async () => {
    const { query } = await startTransport({ limits })
    expect((await query(`{ actor } #${'x'.repeat(5_000)}`)).response.status).toBe(200)
  })
})

describe('errors', () => {
  test('that were not meant for the client are masked, and logged once under an id', async () => {
    const { query, log } = await startTransport({ environment: { NODE_ENV: 'development' } })
    const { errors, data } = await query('{ crash }')
    expect(data).toEqual({ crash: null })
    expect(errors).toHaveLength(1)
    const { message, extensions } = errors![0]!
    expect(JSON.stringify(errors)).not.toContain('swordfish')
    expect(extensions?.['code']).toBe('INTERNAL_SERVER_ERROR')
    expect(message).toContain(extensions?.['id'])
    expect(log).toHaveLength(1)
    expect(log[0]).toMatchObject({
      errorId: extensions?.['id'],
      path: ['crash'],
      err: { message: 'the password is swordfish' },
    })
  })

  test('that were meant for the client reach it', async () => {
    const { query, log } = await startTransport()
    const { errors } = await query('{ refuse }')
    expect(errors).toMatchObject([{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }])
    expect(log).toEqual([])
  })

  test('of authenticating are masked too', async () => {
    const { query, log } = await startTransport({
      authenticate: () => Promise.reject(new Error('the password is swordfish')),
    })
    const { errors } = await query('{ actor }', { authorization: 'Bearer x' })
    expect(JSON.stringify(errors)).not.toContain('swordfish')
    expect(log).toHaveLength(1)
  })
})

describe('the actor', () => {
  test.each([
    ['a valid token', 'Bearer user:ada', { kind: 'user', userId: 'ada' }],
    ['a scheme in lower case', 'bearer user:ada', { kind: 'user', userId: 'ada' }],
    ['an expired token, which must not keep anyone from signing in again', 'Bearer expired', { kind: 'anonymous' }],
    ['an invalid token', 'Bearer nonsense', { kind: 'anonymous' }],
    ['another scheme', 'Basic dXNlcjphZGE=', { kind: 'anonymous' }],
  ])('of %s', async (_name, authorization, actor) => {
    const { query } = await startTransport()
    const { response, data } = await query('{ actor }', { authorization })
    expect(response.status).toBe(200)
    expect(JSON.parse(String(data?.['actor']))).toEqual(actor)
  })
})

test('a list of operations is refused', async () => {
  const { url } = await startTransport()
  const body = JSON.stringify([{ query: '{ actor }' }, { query: '{ actor }' }])
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  expect(response.status).toBe(400)
})

test('a subscription is refused as JSON', async () => {
  const { url, stage } = await startTransport()
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: 'subscription { events }' }),
  })
  expect(await response.text()).toContain('SUBSCRIPTION_OVER_HTTP')
  expect(stage.source.size).toBe(0)
})

test('other methods are refused', async () => {
  const { url } = await startTransport()
  for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD']) {
    const response = await fetch(url, { method, headers: { 'content-type': 'application/json' } })
    expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'GET, POST'])
  }
})
