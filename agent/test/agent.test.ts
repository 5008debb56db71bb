import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Proxy } from './support/proxy.ts'
import { type RunningAgent, startAgent } from './support/start-agent.ts'
import { type SubmitAnswer, TestServer } from './support/test-server.ts'

let server: TestServer
let agent: RunningAgent

beforeEach(async () => {
  server = await TestServer.start()
})

afterEach(async () => {
  agent.stop()
  await agent.departure
  await server.stop()
})

const tickets = (batch: { results: readonly { ticket: string }[] }) => batch.results.map(({ ticket }) => ticket)
const accepted: SubmitAnswer = { __typename: 'SubmitTaskResultsPayload', receipts: ['ACCEPTED'] }

describe('work', () => {
  it('opens a session, computes what is assigned and returns the results', async () => {
    agent = startAgent(server.url)
    const session = await server.sessions.take()
    expect(session.input).toEqual({
      ...{ name: 'tester', slots: 2, sessionId: 'session-1', heldTickets: [], running: [] },
      ...{ programVersion: null, host: null },
    })
    session.open().assign({ ticket: 'a' }, { ticket: 'b', operation: '/', operands: ['1', '0'] })
    const batch = await server.batches.take()
    expect(batch).toEqual({
      agentId: 'agent-1',
      results: [
        { ticket: 'a', value: '3', elapsedMs: expect.any(Number) as number },
        {
          ticket: 'b',
          error: { code: 'DIVISION_BY_ZERO', message: expect.any(String) as string },
          elapsedMs: expect.any(Number) as number,
        },
      ],
    })
    expect(agent.lines).toEqual(['info: connected'])
  })

  it('has four batches under way at a time; what is computed meanwhile is the next', async () => {
    agent = startAgent(server.url)
    const answers: (() => void)[] = []
    server.answer = (input) =>
      new Promise((resolve) => {
        answers.push(() => resolve({ ...accepted, receipts: input.results.map(() => 'ACCEPTED') }))
      })
    const session = (await server.sessions.take()).open()
    for (const ticket of ['a', 'b', 'c', 'd']) {
      session.assign({ ticket })
      expect(tickets(await server.batches.take())).toEqual([ticket])
    }
    session.assign({ ticket: 'e' })
    session.assign({ ticket: 'f' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(server.batches.size).toBe(0)
    answers.pop()?.()
    expect(tickets(await server.batches.take())).toEqual(['e', 'f'])
    for (const answer of answers) answer()
  })

  it('sends what is under way once more when the server has rejected it, as one batch', async () => {
    agent = startAgent(server.url)
    let reject = () => {}
    const rejected = new Promise<void>((resolve) => (reject = resolve))
    server.answer = async () => {
      await rejected
      throw new Error('The database is away.')
    }
    const session = (await server.sessions.take()).open()
    for (const ticket of ['a', 'b']) {
      session.assign({ ticket })
      expect(tickets(await server.batches.take())).toEqual([ticket])
    }
    server.answer = ({ results }) => ({ ...accepted, receipts: results.map(() => 'ACCEPTED' as const) })
    reject()
    expect(tickets(await server.batches.take())).toEqual(['a', 'b'])
  })

  it('does not compute what is revoked', async () => {
    agent = startAgent(server.url)
    const session = (await server.sessions.take()).open()
    session.assign({ ticket: 'a', durationMs: 60 }, { ticket: 'b', durationMs: 60 }, { ticket: 'c' })
    session.send({ __typename: 'TasksRevoked', tickets: ['a', 'c'] })
    expect(tickets(await server.batches.take())).toEqual(['b'])
  })

  it('keeps results that the server rejects, and tries again', async () => {
    agent = startAgent(server.url)
    const rejections: (() => SubmitAnswer | Promise<SubmitAnswer>)[] = [
      () => ({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', message: 'No.' }),
      () => Promise.reject(new Error('The database is away.')),
    ]
    server.answer = () => rejections.shift()?.() ?? accepted
    ;(await server.sessions.take()).open().assign({ ticket: 'a' })
    for (const _ of [1, 2, 3]) expect(tickets(await server.batches.take())).toEqual(['a'])
    agent.stop()
    expect(await agent.departure).toEqual({ kind: 'stopped', unfinished: 0 })
    expect(agent.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1)
  })

  it('tells the log of results that were refused, and forgets them', async () => {
    agent = startAgent(server.url)
    server.answer = () => ({ ...accepted, receipts: ['REFUSED'] })
    ;(await server.sessions.take()).open().assign({ ticket: 'a' })
    await server.batches.take()
    agent.stop()
    expect(await agent.departure).toEqual({ kind: 'stopped', unfinished: 0 })
    expect(agent.lines).toContain('warn: the server refused results')
  })
})

describe('a lost connection', () => {
  it('is made again, and the session resumed with all that is held', async () => {
    agent = startAgent(server.url, { slots: 1 })
    server.answer = () => new Promise(() => undefined)
    const first = (await server.sessions.take()).open()
    first.assign({ ticket: 'done' }, { ticket: 'running', durationMs: 400 }, { ticket: 'waiting' })
    await server.batches.take()
    first.socket.terminate()
    const second = await server.sessions.take()
    expect(second.input.sessionId).toBe('session-1')
    expect([...second.input.heldTickets].sort()).toEqual(['done', 'running', 'waiting'])

    server.answer = ({ results }) => ({ ...accepted, receipts: results.map(() => 'ACCEPTED' as const) })
    second.open(['waiting'])
    expect(tickets(await server.batches.take())).toEqual(['done'])
    expect(tickets(await server.batches.take())).toEqual(['running'])
    agent.stop()
    expect(await agent.departure).toEqual({ kind: 'stopped', unfinished: 0 })
    expect(server.batches.size).toBe(0)
  })

  it('loses no result when the receipt is lost', async () => {
    agent = startAgent(server.url)
    server.answer = (_, { socket }) => {
      socket.terminate()
      return accepted
    }
    ;(await server.sessions.take()).open().assign({ ticket: 'a' })
    expect(tickets(await server.batches.take())).toEqual(['a'])
    const session = await server.sessions.take()
    expect(session.input.heldTickets).toEqual(['a'])
    let onAnswered = () => {}
    const answered = new Promise<void>((resolve) => (onAnswered = resolve))
    server.answer = () => {
      setImmediate(onAnswered)
      return { ...accepted, receipts: ['DUPLICATE'] }
    }
    session.open()
    expect(tickets(await server.batches.take())).toEqual(['a'])
    await answered
    session.assign({ ticket: 'b' })
    // It was assigned after the receipt was sent, so the receipt is here.
    expect(tickets(await server.batches.take())).toEqual(['b'])
    session.socket.close(4410)
    expect((await server.sessions.take()).input.heldTickets).not.toContain('a')
  })

  it('drops a result that the server no longer needs', async () => {
    agent = startAgent(server.url)
    server.answer = (_, { socket }) => {
      socket.terminate()
      return accepted
    }
    ;(await server.sessions.take()).open().assign({ ticket: 'a' })
    await server.batches.take()
    ;(await server.sessions.take()).open(['a']).assign({ ticket: 'b' })
    expect(tickets(await server.batches.take())).toEqual(['b'])
  })

  it.each([1000, 1001, 1009, 1011, 4400, 4401, 4410, 4429, 4500])('is made again after close code %i', async (code) => {
    agent = startAgent(server.url)
    ;(await server.sessions.take()).open().socket.close(code, 'why')
    const again = await server.sessions.take()
    again.open().assign({ ticket: 'a' })
    expect(tickets(await server.batches.take())).toEqual(['a'])
    expect(server.connections).toBe(2)
  })

  it('is made again where the server ends the session or fails to open it', async () => {
    agent = startAgent(server.url)
    ;(await server.sessions.take()).open().end()
    ;(await server.sessions.take()).send({ __typename: 'AgentSessionOpened' } as never)
    ;(await server.sessions.take()).open().assign({ ticket: 'a' })
    expect(tickets(await server.batches.take())).toEqual(['a'])
  })

  it('is given up where the server opens no session or leaves results unanswered', async () => {
    agent = startAgent(server.url, { timing: { answerTimeoutMs: 100 } })
    await server.sessions.take()
    server.answer = () => new Promise(() => undefined)
    ;(await server.sessions.take()).open().assign({ ticket: 'a' })
    expect((await server.sessions.take()).input.heldTickets).toEqual(['a'])
  })

  it('costs one warning however long it lasts, and one line when it is back', async () => {
    const { port } = server
    await server.stop()
    agent = startAgent(`ws://127.0.0.1:${port}/graphql`, { timing: { retryCapMs: 20 } })
    await new Promise((resolve) => setTimeout(resolve, 300))
    server = await TestServer.start(port)
    const session = (await server.sessions.take()).open()
    session.assign({})
    await server.batches.take()
    const lines = ['warn: not connected; trying again until it works', 'info: connected']
    expect(agent.lines).toEqual(lines)
    session.socket.terminate()
    ;(await server.sessions.take()).open().assign({ ticket: 'b' })
    await server.batches.take()
    expect(agent.lines).toEqual([...lines, ...lines])
  })
})

describe('a half-open connection', () => {
  it('is found out by the silence and made again, without a stir from TCP', async () => {
    const proxy = await Proxy.start(server.port)
    try {
      agent = startAgent(proxy.url, { timing: { silenceLimitMs: 300, answerTimeoutMs: 60_000 } })
      const first = (await server.sessions.take()).open()
      proxy.swallow(true)
      first.assign({ ticket: 'lost' })
      await expect.poll(() => proxy.connections, { timeout: 20_000 }).toBeGreaterThan(1)
      proxy.swallow(false)
      const second = await server.sessions.take()
      expect(second.input.heldTickets).toEqual([])
      second.open().assign({ ticket: 'b' })
      expect(tickets(await server.batches.take())).toEqual(['b'])
    } finally {
      agent.stop()
      await agent.departure
      await proxy.stop()
    }
  })

  it('is not suspected while pongs arrive, however little there is to do', async () => {
    // Longer than a busy machine keeps a process waiting, so that a pong that came is read in time.
    agent = startAgent(server.url, { timing: { silenceLimitMs: 1_000 } })
    ;(await server.sessions.take()).open()
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(server.connections).toBe(1)
  })
})
