import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startTransport } from './test-transport.ts'

/** As it comes over the wire: `fetch` would unpack it. */
async function answerTo(url: string, query: string, accepted: string | null) {
  const headers = { 'content-type': 'application/json', ...(accepted === null ? {} : { 'accept-encoding': accepted }) }
  return new Promise<{ encoding: string | undefined; length: string | undefined; body: Buffer }>((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers }, (answer) => {
      const { 'content-encoding': encoding, 'content-length': length } = answer.headers
      void buffer(answer).then((body) => resolve({ encoding, length, body }), reject)
    })
    outgoing.on('error', reject).end(JSON.stringify({ query }))
  })
}

/** Twenty long names for one field. */
const long = `{ ${Array.from({ length: 20 }, (_, place) => `${'a'.repeat(60)}${place}: __typename`).join(' ')} }`
const short = '{ __typename }'

test.each(['gzip', 'deflate, gzip, br', '*', 'gzip;q=0.5', 'GZIP'])(
  'a long answer is packed for %s',
  async (accepted) => {
    const { url } = await startTransport()
    const plain = await answerTo(url, long, null)
    const packed = await answerTo(url, long, accepted)
    expect(plain.encoding).toBeUndefined()
    expect(packed).toMatchObject({ encoding: 'gzip', length: String(packed.body.length) })
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true)
    expect(packed.body.length).toBeLessThan(plain.body.length / 2)
  },
)

test.each(['br', 'gzip;q=0', 'gzip;q=0.0', 'identity', ''])('an answer is as it is for "%s"', async (accepted) => {
  const { url } = await startTransport()
  const { encoding, body } = await answerTo(url, long, accepted)
  expect(encoding).toBeUndefined()
  expect(Object.keys((JSON.parse(body.toString()) as { data: object }).data)).toHaveLength(20)
})

test('a short answer is as it is', async () => {
  const { url } = await startTransport()
  const { encoding, body } = await answerTo(url, short, 'gzip')
  expect(encoding).toBeUndefined()
  expect(JSON.parse(body.toString())).toEqual({ data: { __typename: 'Query' } })
})
