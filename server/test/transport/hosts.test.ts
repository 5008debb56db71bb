import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createHostCheck } from '../../src/transport/client/hosts.ts'
import { startTransport } from './test-transport.ts'

const upgrade =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'

/** Asks by hand: no client would send such headers. */
async function ask(port: number, path: string, host: string, headers = 'Connection: close\r\n'): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`)
  let answer = ''
  socket.on('data', (data) => {
    answer += String(data)
    // An accepted socket stays open.
    if (answer.startsWith('HTTP/1.1 101')) socket.destroy()
  })
  await once(socket, 'close')
  return answer
}

const statusOf = (answer: string) => Number(answer.slice(9, 12))

describe('a Host header that is not well-formed', () => {
  const hosts = [
    'a b',
    '[',
    'localhost:abc',
    'a/b',
    'a@b',
    'a?b',
    'a#b',
    '%',
    '[::1',
    'localhost:99999',
    `${'a'.repeat(300)}`,
  ]
  const html = 'Accept: text/html\r\nConnection: close\r\n'
  const post = 'Content-Length: 0\r\nContent-Type: application/json\r\nConnection: close\r\n'

  test.each([
    ['the API', '/graphql?query={actor}', post],
    ['GraphiQL', '/graphql', html],
    ['the page', '/', html],
    ['a file', '/assets/none.js', 'Connection: close\r\n'],
    ['/health', '/health', 'Connection: close\r\n'],
    ['/ready', '/ready', 'Connection: close\r\n'],
    ['a socket', '/graphql', upgrade],
  ])('is a bad request for %s, and no more is said of it', async (_what, path, headers) => {
    const { port, log } = await startTransport({ environment: { HOST: '0.0.0.0' } })
    for (const host of hosts) {
      const answer = await ask(port, path, host, headers)
      expect([host, statusOf(answer)]).toEqual([host, 400])
      expect(answer).not.toMatch(/node_modules|\.ts:|\.js:/)
    }
    expect(log).toEqual([])
  })
})

describe('the name under which a server is asked', () => {
  const check = (environment: { host: string; allowedHosts?: string; origins?: string[] }, host: string) =>
    createHostCheck({
      host: environment.host,
      allowedHosts: environment.allowedHosts ?? '',
      allowedOrigins: new Set(environment.origins),
    })({ headers: { host } } as never)

  test.each([
    ['localhost', 'localhost:4000', 'allowed'],
    ['localhost', 'LOCALHOST', 'allowed'],
    ['localhost', 'page.localhost:4000', 'allowed'],
    ['localhost', '127.0.0.1:4000', 'allowed'],
    ['localhost', '[::1]:4000', 'allowed'],
    ['localhost', '192.0.2.7', 'allowed'],
    ['localhost', 'evil.example:4000', 'foreign'],
    ['localhost', 'localhost.evil.example', 'foreign'],
    ['127.0.0.1', 'evil.example', 'foreign'],
    ['127.8.9.1', 'evil.example', 'foreign'],
    ['::1', 'evil.example', 'foreign'],
    // Whatever names its machine has, it cannot know them.
    ['0.0.0.0', 'reckon.example', 'allowed'],
    ['::', 'server:4000', 'allowed'],
    ['reckon.example', 'other.example', 'allowed'],
  ])('where it listens on %s: %s is %s', (host, name, verdict) => {
    expect(check({ host }, name)).toBe(verdict)
  })

  test('is one of those that it was told', () => {
    const told = {
      host: '0.0.0.0',
      allowedHosts: 'reckon.example, Other.Example:8443',
      origins: ['https://page.example:1'],
    }
    for (const name of [
      'reckon.example',
      'RECKON.example:4000',
      'other.example',
      'page.example',
      '192.0.2.1',
      'localhost',
    ])
      expect([name, check(told, name)]).toEqual([name, 'allowed'])
    for (const name of ['evil.example', 'a.reckon.example', 'reckon.example.evil'])
      expect([name, check(told, name)]).toEqual([name, 'foreign'])
    expect(check({ host: 'localhost', allowedHosts: '*' }, 'any.example')).toBe('allowed')
  })

  test('if another, is answered with what to do, everywhere', async () => {
    const { port } = await startTransport()
    for (const path of ['/graphql', '/', '/health']) {
      const answer = await ask(port, path, `evil.example:${port}`)
      expect(statusOf(answer)).toBe(421)
      expect(answer).toContain('ALLOWED_HOSTS')
    }
    const origin = `Origin: http://evil.example:${port}\r\n`
    expect(statusOf(await ask(port, '/graphql', `evil.example:${port}`, origin + upgrade))).toBe(421)
    expect(statusOf(await ask(port, '/graphql', `127.0.0.1:${port}`, upgrade))).toBe(101)
    expect(statusOf(await ask(port, '/health', `127.0.0.1:${port}`))).toBe(200)
  })
})
