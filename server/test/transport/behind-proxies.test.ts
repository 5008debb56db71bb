import { Agent, get, type IncomingMessage } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { whenTestIsDone } from '../support/cleanup.ts'
import { startReverseProxy } from '../support/reverse-proxy.ts'
import { temporaryRoot } from '../support/temporary.ts'
import { startTransport, type TestOptions } from './test-transport.ts'

const asPage = { accept: 'text/html' }
const index = '<script type="module" src="./assets/index.js"></script><link href="./icon.svg" />'

function builtPage(): string {
  const webRoot = mkdtempSync(path.join(temporaryRoot(), 'reckon-page-'))
  whenTestIsDone(() => rmSync(webRoot, { recursive: true, force: true }))
  writeFileSync(path.join(webRoot, 'index.html'), index)
  writeFileSync(path.join(webRoot, 'reckon-agent.mjs'), '// the agent')
  return webRoot
}

async function startBelow(basePath: string, proxied: { readonly strip?: string } = {}, options: TestOptions = {}) {
  const environment = { BASE_PATH: basePath, TRUSTED_PROXIES: '1', ...options.environment }
  const transport = await startTransport({ webRoot: builtPage(), ...options, environment })
  const origin = await startReverseProxy({ port: transport.port, whenDone: whenTestIsDone, ...proxied })
  return { ...transport, proxy: `${origin}${basePath}` }
}

function openSocket(url: string, headers: Record<string, string> = {}): Promise<'open' | string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers })
    socket.once('open', () => {
      socket.close()
      resolve('open')
    })
    socket.once('unexpected-response', (_, answer: IncomingMessage) => {
      answer.resume()
      resolve(String(answer.statusCode))
    })
    socket.once('error', (error) => resolve(error.message))
  })
}

test.each([
  ['passes it on', {}],
  ['takes it off', { strip: '/reckon/' }],
])('all is below BASE_PATH, behind a proxy that %s', async (_name, proxied) => {
  const { proxy } = await startBelow('/reckon', proxied)
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ address }"}' }
  expect(await (await fetch(`${proxy}/graphql`, post)).json()).toEqual({ data: { address: '127.0.0.1' } })
  expect((await fetch(`${proxy}/health`)).status).toBe(200)
  expect((await fetch(`${proxy}/ready`)).status).toBe(200)
  expect(await (await fetch(`${proxy}/reckon-agent.mjs`)).text()).toBe('// the agent')
  expect(await (await fetch(`${proxy}/api`)).text()).toContain('/reckon/api/v1/expressions')
  expect(await openSocket(`${proxy}/graphql`)).toBe('open')
  for (const page of ['/', '/expressions/abc?x=1'])
    expect(await (await fetch(proxy + page, { headers: asPage })).text()).toBe(
      '<script type="module" src="/reckon/assets/index.js"></script><link href="/reckon/icon.svg" />',
    )
  expect(await (await fetch(`${proxy}/graphql`, { headers: asPage })).text()).toContain('"endpoint":"/reckon/graphql"')
})

test('its own address without a slash is the page, and one that only begins like it is not', async () => {
  const { origin } = await startBelow('/reckon')
  const at = (address: string) => fetch(origin + address, { headers: { accept: '*/*' } }).then(({ status }) => status)
  expect(await at('/reckon')).toBe(200)
  expect(await at('/reckon?x')).toBe(200)
  expect(await at('/reckonx')).toBe(404)
  // Who asks past the proxy, as a probe does.
  expect(await at('/health')).toBe(200)
})

test('a cookie goes to the API below BASE_PATH alone', async () => {
  const { proxy } = await startBelow('/reckon')
  const body = JSON.stringify({ query: 'mutation { write(value: "secret") }' })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${proxy}/graphql`, { method: 'POST', headers, body })
  expect(answer.headers.get('set-cookie')).toContain('Path=/reckon/graphql;')
})

test.each(['reckon', '/reckon;x', '/a b', '//'])('BASE_PATH=%s is refused', async (basePath) => {
  await expect(startBelow(basePath)).rejects.toThrow('BASE_PATH: must look like /reckon')
})

test('a connection may idle for as long as the server was told', async () => {
  const keepAliveOf = async (environment: Record<string, string>) => {
    const { port } = await startTransport({ environment })
    return new Promise((resolve, reject) => {
      const agent = new Agent({ keepAlive: true })
      whenTestIsDone(() => agent.destroy())
      get({ port, path: '/health', agent }, (answer) => resolve(answer.resume().headers['keep-alive'])).once(
        'error',
        reject,
      )
    })
  }
  expect(await keepAliveOf({})).toBe('timeout=75')
  expect(await keepAliveOf({ KEEP_ALIVE_SECONDS: '700' })).toBe('timeout=700')
})

test('says in the log what a proxy gets wrong, once, and to whoever asks', async () => {
  const { port, log } = await startTransport({ environment: { ALLOWED_HOSTS: 'reckon.example' } })
  const lossy = async (drop: readonly string[], add = {}) =>
    startReverseProxy({
      port,
      whenDone: whenTestIsDone,
      rewrite: (headers) => ({
        ...Object.fromEntries(Object.entries(headers).filter(([name]) => !drop.includes(name))),
        ...add,
      }),
    })
  const withoutUpgrade = await lossy(['upgrade', 'connection'])
  const asked = await fetch(`${withoutUpgrade}/graphql`, { headers: { 'sec-websocket-key': 'x' } })
  expect([asked.status, await asked.text()]).toEqual([426, expect.stringMatching(/proxy_http_version 1\.1/) as string])
  const withOwnHost = await lossy(['host'], { host: `127.0.0.1:${port}` })
  expect(await openSocket(`${withOwnHost}/graphql`, { origin: 'https://reckon.example' })).toBe('403')
  const withForwarding = await lossy([], { 'x-forwarded-for': '192.0.2.1' })
  for (let n = 0; n < 50; n++) await fetch(`${withForwarding}/health`)
  const foreign = await lossy(['host'], { host: 'backend' })
  expect((await fetch(`${foreign}/health`)).status).toBe(421)
  expect(log.map(({ mistake }) => mistake)).toEqual([
    'upgrade-lost',
    'host-lost',
    'untrusted-forwarding',
    'host-foreign',
  ])
})

test('is not ready before it stops listening, and has connections made elsewhere', async () => {
  const { transport, origin } = await startTransport()
  expect((await fetch(`${origin}/ready`)).status).toBe(200)
  transport.becomeUnready()
  const ready = await fetch(`${origin}/ready`)
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'unavailable', reasons: ['the server is stopping'] },
  ])
  expect(ready.headers.get('connection')).toBe('close')
  expect((await fetch(`${origin}/health`)).status).toBe(200)
  expect(await openSocket(`${origin}/graphql`)).toBe('open')
  await transport.stop(0)
  await expect(fetch(`${origin}/ready`)).rejects.toThrow()
})
