import { describe, expect, test } from 'vitest'
import { startTransport } from './test-transport.ts'
import { TestSocket } from './test-socket.ts'
import { request } from 'node:http'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'

describe('the refresh cookie', () => {
  test('is written so that scripts and other sites do not get it', async () => {
    const { query } = await startTransport()
    const { response } = await query('mutation { write(value: "a+b/c=") }')
    expect(response.headers.getSetCookie()).toEqual([
      'reckon_refresh=a%2Bb%2Fc%3D; Max-Age=60; Path=/graphql; HttpOnly; SameSite=Strict',
    ])
  })

  test('is read', async () => {
    const { query } = await startTransport()
    const { data } = await query('{ cookie }', { cookie: 'other=1; reckon_refresh=a%2Bb%2Fc%3D' })
    expect(data).toEqual({ cookie: 'a+b/c=' })
  })

  test.each([undefined, 'other=1', 'reckon_refresh='])('is absent in %s', async (cookie) => {
    const { query } = await startTransport()
    expect((await query('{ cookie }', cookie === undefined ? {} : { cookie })).data).toEqual({ cookie: 'none' })
  })

  test('is cleared', async () => {
    const { query } = await startTransport()
    const { response } = await query('mutation { clear }')
    expect(response.headers.getSetCookie()).toEqual([
      'reckon_refresh=; Max-Age=0; Path=/graphql; HttpOnly; SameSite=Strict',
    ])
  })

  describe('over https', () => {
    const https = { 'x-forwarded-proto': 'https' }
    const environment = { TRUSTED_PROXIES: '1' }
    const set = '__Host-reckon_refresh=a; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict'

    test('has a name that only this host can give it', async () => {
      const { query } = await startTransport({ environment })
      const { response } = await query('mutation { write(value: "a") }', https)
      expect(response.headers.getSetCookie()).toEqual([set])
    })

    test('is read by that name first, and by the one that it had before', async () => {
      const { query } = await startTransport({ environment })
      const read = async (cookie: string) => (await query('{ cookie }', { ...https, cookie })).data
      expect(await read('reckon_refresh=old; __Host-reckon_refresh=new')).toEqual({ cookie: 'new' })
      expect(await read('reckon_refresh=old')).toEqual({ cookie: 'old' })
    })

    test('takes the place of the one that was set before', async () => {
      const { query } = await startTransport({ environment })
      const { response } = await query('mutation { write(value: "a") }', { ...https, cookie: 'reckon_refresh=old' })
      const ended = 'reckon_refresh=; Max-Age=0; Path=/graphql; HttpOnly; Secure; SameSite=Strict'
      expect(response.headers.getSetCookie()).toEqual([set, ended])
    })
  })

  test('is not there over a socket', async () => {
    const socket = await TestSocket.connect(await startTransport(), {}, { headers: { cookie: 'reckon_refresh=a' } })
    expect((await socket.query('{ cookie }')).data).toEqual({ cookie: 'none' })
  })

  const production = { NODE_ENV: 'production', ALLOWED_HOSTS: '*' }
  test.each([
    ['https at a trusted proxy', { TRUSTED_PROXIES: '1' }, { 'x-forwarded-proto': 'https' }, true],
    ['https claimed by the client', {}, { 'x-forwarded-proto': 'https' }, false],
    ['production', production, { host: 'reckon.example' }, true],
    ['production on this machine', production, { host: 'localhost:4000' }, false],
    ['production on an address of this machine', production, { host: '127.0.0.1:4000' }, false],
    ['production on a name that only begins so', production, { host: 'localhost.example' }, true],
  ])('is secure or not: %s', async (_name, environment, headers, secure) => {
    const { port } = await startTransport({ environment })
    // fetch would not send the host it is told.
    const sent = request({
      port,
      host: '127.0.0.1',
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    }).end(JSON.stringify({ query: 'mutation { write(value: "a") }' }))
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    response.resume()
    expect(response.headers['set-cookie']?.[0]?.includes('Secure')).toBe(secure)
  })
})
