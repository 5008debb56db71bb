import { expect, test } from 'vitest'
import { startTransport } from './test-transport.ts'

const uuid = /^[\da-f]{8}-[\da-f]{4}-7/

test('a request is answered with the id by which the log names it: its own where that is sane', async () => {
  const { origin } = await startTransport()
  const idOf = async (given?: string) => {
    const headers: Record<string, string> = given === undefined ? {} : { 'x-request-id': given }
    return (await fetch(`${origin}/health`, { headers })).headers.get('x-request-id')
  }
  expect(await idOf('proxy-1:00f/7')).toBe('proxy-1:00f/7')
  for (const insane of [undefined, '', 'a b', '"}', 'x'.repeat(101)]) expect(await idOf(insane)).toMatch(uuid)
  expect(await idOf()).not.toBe(await idOf())
})

test('an error that nobody foresaw stands in the log under the id of its request', async () => {
  const { query, log } = await startTransport()
  const { response } = await query('{ crash }', { 'x-request-id': 'seen-by-the-proxy' })
  expect(response.headers.get('x-request-id')).toBe('seen-by-the-proxy')
  expect(log).toMatchObject([{ msg: 'unforeseen error in an operation', requestId: 'seen-by-the-proxy' }])
})
