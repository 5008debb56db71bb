import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { Inbox } from '../support/inbox.ts'
import { startWorld } from '../support/world.ts'
import { restClient } from './client.ts'

test('what is no request is refused with a problem of its kind', async () => {
  const world = await startWorld({ environment: { ALLOWED_ORIGINS: 'https://page.example' } })
  const { ask, base, open } = restClient(world.app, world.admin.token)
  const problemOf = async (...request: Parameters<typeof ask>) => (await ask(...request)).body
  const json = { 'content-type': 'application/json' }

  expect(await problemOf('/nothing')).toMatchObject({ status: 404, code: 'NO_SUCH_ADDRESS' })
  const other = await ask('/me', { method: 'DELETE' })
  expect([other.status, other.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  expect(await problemOf('/expressions', { method: 'POST', headers: json })).toMatchObject({ status: 400 })
  expect(await problemOf('/expressions', { text: '{', headers: json })).toMatchObject({
    status: 400,
    code: 'BAD_REQUEST',
  })
  expect(await problemOf('/expressions', { json: {} })).toMatchObject({ status: 400, fields: [{ path: 'source' }] })
  expect(await problemOf('/expressions', { json: { source: '1', sauce: 1 } })).toMatchObject({ status: 400 })
  expect(await problemOf('/expressions', { json: { source: '1', expression: '1' } })).toMatchObject({ status: 400 })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect(await problemOf('/expressions', { text: 'expression=1', headers: form })).toMatchObject({ status: 415 })
  expect(await problemOf('/expressions?wait=51')).toMatchObject({ status: 400 })
  expect(await problemOf('/expressions?limit=101')).toMatchObject({ status: 400, fields: [{ path: 'limit' }] })
  expect(await problemOf('/expressions?after=x')).toMatchObject({ status: 400, fields: [{ path: 'after' }] })
  expect(await problemOf('/expressions?limit=1&limit=2')).toMatchObject({ status: 400 })
  expect(await problemOf('/me?x')).toMatchObject({ status: 400 })
  expect(await problemOf('/expressions/1')).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  expect(await problemOf('/expressions/%zz')).toMatchObject({ status: 404 })
  expect(await problemOf('/expressions', { text: ' '.repeat(2 ** 20 + 1) })).toMatchObject({ status: 413 })
  const anonymous = { json: { email: 'a@example.com', password: 'x'.repeat(20_000) }, token: null }
  expect(await problemOf('/login', anonymous)).toMatchObject({ status: 413, code: 'REQUEST_ENTITY_TOO_LARGE' })
  expect(await problemOf('/expressions', { text: '1+'.repeat(6_000) })).toMatchObject({
    ...{ status: 422, code: 'SOURCE_TOO_LONG', limit: 10_000 },
  })
  const key = { 'idempotency-key': 'k'.repeat(101) }
  expect(await problemOf('/expressions', { text: '1', headers: key })).toMatchObject({
    ...{ status: 422, fields: [{ path: 'requestId' }] },
  })

  const deep = `${'['.repeat(40)}${']'.repeat(40)}`
  expect(await problemOf('/expressions', { text: deep, headers: json })).toMatchObject({ code: 'REQUEST_TOO_COMPLEX' })
  // Without its length, too: it is known when too much has been read.
  const body = new Blob([' '.repeat(2 ** 24), '1+1']).stream()
  const headers = { authorization: `Bearer ${world.admin.token}`, 'content-type': 'text/plain' }
  const endless = await fetch(`${base}/expressions`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  expect([endless.status, await endless.text()]).toEqual([413, expect.stringContaining('REQUEST_ENTITY_TOO_LARGE')])
  // A connection that had a body too long goes on.
  expect((await open('/me')).status).toBe(200)
})

test('who sends a body without an end is told that it is too long while they still send, and may go on with their connection', async () => {
  const { app } = await startWorld()
  const { hostname, port, host } = new URL(app.url)
  const head = `POST /api/v1/login HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
  const part = `4e20\r\n${' '.repeat(0x4e20)}\r\n`
  const socket = connect(Number(port), hostname)
  const told = new Inbox<string>('answers')
  socket.on('data', (data) => told.put(data.toString()))
  socket.on('error', () => {})
  socket.on('close', () => told.close('the connection was cut off'))
  socket.write(head + part)
  expect(await told.next()).toMatch(/^HTTP\/1\.1 413 [^]*REQUEST_ENTITY_TOO_LARGE/)
  socket.write(`${part.repeat(10)}0\r\n\r\nGET /api/v1/me HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  expect(await told.until((answer) => answer.startsWith('HTTP'))).toMatch(/^HTTP\/1\.1 401 /)
  socket.destroy()
})

test('pages of other sites may not change anything, those of allowed origins may', async () => {
  const world = await startWorld({ environment: { ALLOWED_ORIGINS: 'https://page.example' } })
  const { ask } = restClient(world.app, world.admin.token)
  const foreign = { origin: 'https://evil.example' }
  const refused = await ask('/expressions', { json: { source: '1' }, headers: foreign })
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null])
  expect((await ask('/refresh', { method: 'POST', headers: foreign })).status).toBe(403)
  const allowed = await ask('/expressions', { json: { source: '1' }, headers: { origin: 'https://page.example' } })
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([201, 'https://page.example'])
  const asked = { method: 'OPTIONS', headers: { origin: 'https://page.example' } }
  const preflight = await ask('/expressions', asked)
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
    204,
    'POST, GET, HEAD, OPTIONS',
  ])
  const elsewhere = await ask('/expressions', { method: 'OPTIONS', headers: foreign })
  expect(elsewhere.headers.get('access-control-allow-methods')).toBeNull()
})

test('the list goes on where Link says, also past what was deleted', async () => {
  const world = await startWorld()
  const { ask } = restClient(world.app, world.admin.token)
  const ids: unknown[] = []
  for (const source of ['1', '2', '3+4', '5']) ids.unshift((await ask('/expressions', { json: { source } })).body['id'])
  const idsOf = ({ body }: { body: Record<string, unknown> }) =>
    (body['expressions'] as { id: string }[]).map(({ id }) => id)
  const linkOf = ({ headers }: { headers: Headers }) =>
    /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? ''

  const first = await ask('/expressions?limit=2')
  expect(idsOf(first)).toEqual(ids.slice(0, 2))
  expect((await ask(`/expressions/${String(ids[1])}`, { method: 'DELETE' })).status).toBe(204)
  const second = await ask(linkOf(first))
  expect(idsOf(second)).toEqual(ids.slice(2))
  expect(second.headers.get('link')).toBeNull()
  expect(idsOf(await ask('/expressions?contains=4'))).toEqual([])
  expect(idsOf(await ask('/expressions?contains=2?3&limit=3'))).toEqual([])
  expect(idsOf(await ask('/expressions?contains=2'))).toEqual([ids[2]])
  expect(idsOf(await ask('/expressions?status=SUCCEEDED&limit=1'))).toEqual([ids[0]])
})

test('HEAD is GET without a body, and the page at /api has no script', async () => {
  const world = await startWorld()
  const { ask, open } = restClient(world.app, world.admin.token)
  const head = await ask('/me', { method: 'HEAD' })
  expect([head.status, head.text]).toEqual([200, ''])
  const page = await fetch(new URL('/api', world.app.url))
  const html = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(html).not.toMatch(/<script|https?:\/\/(?!reckon\.example)/)
  expect(html).toContain('<h3>Submit an expression</h3>')
  expect((await open('/openapi.json', { token: null })).status).toBe(200)
})

test('below BASE_PATH the document and what is linked say so', async () => {
  const world = await startWorld({ environment: { BASE_PATH: '/reckon' } })
  const { base, document } = restClient(world.app, world.admin.token)
  expect(Object.keys((await document()).paths)).toContain('/reckon/api/v1/expressions')
  const headers = { authorization: `Bearer ${world.admin.token}`, 'content-type': 'text/plain' }
  const submit = (body: string) => fetch(`${base}/expressions`, { method: 'POST', headers, body })
  expect((await submit('1')).headers.get('location')).toMatch(/^\/reckon\/api\/v1\/expressions\//)
  await submit('2')
  const page = await fetch(`${base}/expressions?limit=1`, { headers })
  expect(page.headers.get('link')).toMatch(/^<\/reckon\/api\/v1\/expressions\?limit=1&after=/)
})
