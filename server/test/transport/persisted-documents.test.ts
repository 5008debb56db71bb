import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTransport } from './test-transport.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const extension = (hash: string) => ({ persistedQuery: { version: 1, sha256Hash: hash } })
const document = '{ cookie }'

async function start() {
  const transport = await startTransport()
  const send = async (body: object) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer user:ada' }
    const response = await fetch(transport.url, { method: 'POST', headers, body: JSON.stringify(body) })
    const { data, errors } = (await response.json()) as {
      data?: unknown
      errors?: { message: string; extensions: { code: string } }[]
    }
    return { status: response.status, data, error: errors?.[0]?.message, code: errors?.[0]?.extensions.code }
  }
  const get = (hash: string) => {
    const search = new URLSearchParams({ extensions: JSON.stringify(extension(hash)) })
    const headers = { accept: 'application/graphql-response+json' }
    return fetch(`${transport.url}?${search.toString()}`, { headers }).then((answer) => answer.json())
  }
  return { ...transport, send, get }
}

test('a document is sent once, and then by its hash, by POST and by GET', async () => {
  const { send, get } = await start()
  const hash = sha256(document)
  const missing = { status: 200, error: 'PersistedQueryNotFound', code: 'PERSISTED_QUERY_NOT_FOUND' }
  expect(await send({ extensions: extension(hash) })).toMatchObject(missing)
  expect(await send({ query: document, extensions: extension(hash) })).toMatchObject({ data: { cookie: 'none' } })
  expect(await send({ extensions: extension(hash) })).toMatchObject({ data: { cookie: 'none' } })
  expect(await get(hash)).toMatchObject({ data: { cookie: 'none' } })
})

test('a hash that is not of the document is refused, and nothing is kept under it', async () => {
  const { send } = await start()
  const hash = sha256('{ another }')
  expect(await send({ query: document, extensions: extension(hash) })).toMatchObject({
    code: 'PERSISTED_QUERY_MISMATCH',
  })
  expect(await send({ extensions: extension(hash) })).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' })
  for (const bad of [{ version: 2, sha256Hash: hash }, { version: 1, sha256Hash: 'x' }, 'x', []])
    expect(await send({ extensions: { persistedQuery: bad } })).toMatchObject({ status: 400 })
})

test('what is kept is bounded: the documents of one who floods it drive out others, whose clients send them again', async () => {
  const { send } = await start()
  const hash = sha256(document)
  await send({ query: document, extensions: extension(hash) })
  // Each as long as a user may send, and none of them a document.
  for (let n = 0; n < 34; n++) {
    const query = `${n} `.padEnd(2 ** 17, '#')
    await send({ query, extensions: extension(sha256(query)) })
  }
  expect(await send({ extensions: extension(hash) })).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' })
})

test('what was kept is held against the limits of whoever asks for it', async () => {
  const { send, get } = await start()
  // Signed in one may have 700 tokens, and else 300.
  const query = `{ ${'cookie actor '.repeat(180)} }`
  const hash = sha256(query)
  expect((await send({ query, extensions: extension(hash) })).error).toBeUndefined()
  expect(JSON.stringify(await get(hash))).toMatch(/token/i)
})
