import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestServer } from './support/test-server.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

let server: TestServer
const processes: ChildProcess[] = []

beforeEach(async () => {
  server = await TestServer.start()
})

afterEach(async () => {
  for (const child of processes.splice(0)) child.kill('SIGKILL')
  await server.stop()
})

function start(
  argv: string[],
  environment: Record<string, string> = { RECKON_AGENT_TOKEN: 'good' },
  stderr: 'pipe' | number = 'pipe',
) {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...argv], {
    env: { PATH: process.env.PATH, RECKON_SERVER: server.url, RECKON_AGENT_NAME: 'child', ...environment },
    stdio: ['ignore', 'pipe', stderr],
  })
  processes.push(child)
  const output = { stdout: '', stderr: '' }
  child.stdout?.on('data', (text) => (output.stdout += String(text)))
  child.stderr?.on('data', (text) => (output.stderr += String(text)))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }))
  return { child, ended }
}

const messages = (stderr: string) =>
  stderr
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg)

describe('reckon-agent', () => {
  it('works, and after SIGTERM finishes what runs and leaves with 0', async () => {
    const { child, ended } = start(['--slots', '1'])
    const session = await server.sessions.take()
    expect(session.input).toMatchObject({ name: 'child', slots: 1, heldTickets: [] })
    expect(session.input.sessionId).toMatch(/^[0-9a-f-]{36}$/)
    session.open().assign({ ticket: 'zero' }, { ticket: 'a', durationMs: 300 }, { ticket: 'b', durationMs: 300 })
    await server.batches.take()
    child.kill('SIGTERM')
    const { code, stderr } = await ended
    expect(code).toBe(0)
    expect((await server.batches.take()).results).toMatchObject([{ ticket: 'a', value: '3' }])
    expect(await server.closes.take()).toEqual({ code: 1000, goodbye: true })
    expect(messages(stderr)).toEqual(['connected', 'stopping; finishing what runs', 'stopped'])
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends at once at a later %s, with %i', async (signal, expected) => {
    const { child, ended } = start(['--stop-timeout', '60'])
    const session = await server.sessions.take()
    session.open().assign({ ticket: 'zero' }, { ticket: 'a', durationMs: 60_000 })
    await server.batches.take()
    const stopping = new Promise((resolve) =>
      child.stderr?.on('data', (text) => /stopping/.test(String(text)) && resolve(0)),
    )
    child.kill(signal)
    await stopping
    // Those that come right after the first are still that one.
    const insisting = setInterval(() => child.kill(signal), 100)
    const { code } = await ended
    clearInterval(insisting)
    expect(code).toBe(expected)
  })

  it('takes one Ctrl-C for one, though the terminal and npx both pass it on', async () => {
    const { child, ended } = start(['--slots', '1'])
    const session = await server.sessions.take()
    session.open().assign({ ticket: 'zero' }, { ticket: 'a', durationMs: 300 })
    await server.batches.take()
    child.kill('SIGINT')
    child.kill('SIGTERM')
    child.kill('SIGHUP')
    expect((await ended).code).toBe(0)
    expect((await server.batches.take()).results).toMatchObject([{ ticket: 'a', value: '3' }])
  })

  it.runIf(existsSync('/dev/full'))('works on where its log cannot be written, as on a full disk', async () => {
    const full = openSync('/dev/full', 'w')
    const { child, ended } = start(['--slots', '1'], undefined, full)
    closeSync(full)
    const session = await server.sessions.take()
    session.open().assign({ ticket: 'zero' }, { ticket: 'a', durationMs: 300 })
    await server.batches.take()
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
    expect((await server.batches.take()).results).toMatchObject([{ ticket: 'a', value: '3' }])
  })

  it('leaves in its time where the collector of traces takes what it is sent and never answers', async () => {
    const collector = createServer()
    const asked = once(collector, 'connection')
    collector.listen(0, '127.0.0.1')
    await once(collector, 'listening')
    const { port } = collector.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    const { child, ended } = start([], { RECKON_AGENT_TOKEN: 'good', OTEL_EXPORTER_OTLP_ENDPOINT: url })
    const session = await server.sessions.take()
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    const assign = (count: number) =>
      session.assign(...Array.from({ length: count }, (_, place) => ({ ticket: `${count} ${place}`, traceparent })))
    session.open()
    assign(2_000)
    const [socket] = (await asked) as [Socket]
    // While it is waited for, more is computed, and more is to be told.
    assign(1_500)
    for (let results = 0; results < 3_500;) results += (await server.batches.take()).results.length
    child.kill('SIGTERM')
    const { code, stderr } = await ended
    expect(code).toBe(0)
    // The collector had ten seconds, and its time was not over.
    expect(messages(stderr)).toEqual(['connected', 'stopping; finishing what runs', 'stopped'])
    socket.destroy()
    collector.close()
  })

  it('leaves with 0 after a drain', async () => {
    const { ended } = start([])
    ;(await server.sessions.take()).open().send({ __typename: 'AgentDrainRequested', reason: 'maintenance' })
    expect((await ended).code).toBe(0)
  })

  it('leaves with 3 and one line when its token is refused', async () => {
    const { code, stderr } = await start([], { RECKON_AGENT_TOKEN: 'bad' }).ended
    expect(code).toBe(3)
    expect(messages(stderr)).toEqual(['the server refuses the token of this agent'])
  })

  it('leaves with 4 when another agent takes its name', async () => {
    const { ended } = start([])
    ;(await server.sessions.take()).open().send({ __typename: 'AgentSupersededError', message: 'Another.' })
    expect((await ended).code).toBe(4)
  })

  it('leaves with 2 and one line when an option is wrong', async () => {
    const { code, stderr } = await start(['--slots', 'many']).ended
    expect(code).toBe(2)
    expect(stderr).toBe('reckon-agent: --slots must be a whole number from 1 to 1024\n')
  })

  it('shows its help and its version', async () => {
    const help = await start(['--help'], {}).ended
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toMatch(/RECKON_AGENT_TOKEN/)
    const version = await start(['--version'], {}).ended
    expect(version).toMatchObject({ code: 0, stderr: '' })
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
