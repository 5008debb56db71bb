import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionEnd } from '../src/connection/connection-end.ts'
import { type RunningAgent, startAgent } from './support/start-agent.ts'
import { TestServer } from './support/test-server.ts'

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

describe('the end', () => {
  it('comes at a refused token, without another try', async () => {
    agent = startAgent(server.url, { token: 'bad' })
    expect(await agent.departure).toEqual({ kind: 'refused', message: 'Forbidden' })
    expect(server.connections).toBe(1)
  })

  it('comes when the token is revoked', async () => {
    agent = startAgent(server.url)
    ;(await server.sessions.take()).open().socket.close(4403, 'The token was revoked.')
    expect(await agent.departure).toEqual({ kind: 'refused', message: 'The token was revoked.' })
  })

  it('comes when the server sets the agent aside, and when it had done so before', async () => {
    agent = startAgent(server.url)
    ;(await server.sessions.take()).open().send({ __typename: 'AgentSuspendedError', message: 'It cannot be.' })
    expect(await agent.departure).toEqual({ kind: 'suspended', message: 'It cannot be.' })
    expect(connectionEnd([{ message: 'Aside.', extensions: { code: 'AGENT_SUSPENDED' } }])).toEqual({
      kind: 'suspended',
      message: 'Aside.',
    })
    // More of a token than it may have is no end: others may leave.
    expect(connectionEnd([{ message: 'Too many.', extensions: { code: 'AGENT_LIMIT' } }])).toMatchObject({
      kind: 'lost',
    })
  })

  it('comes when another agent takes the name, by the event or by the close code', async () => {
    agent = startAgent(server.url)
    ;(await server.sessions.take()).open().send({ __typename: 'AgentSupersededError', message: 'Another.' })
    expect(await agent.departure).toEqual({ kind: 'superseded', message: 'Another.' })

    agent = startAgent(server.url)
    ;(await server.sessions.take()).open().socket.close(4409, 'Another.')
    expect(await agent.departure).toEqual({ kind: 'superseded', message: 'Another.' })
  })

  it('comes after a drain when all that is held is finished and received', async () => {
    agent = startAgent(server.url, { slots: 1 })
    const session = (await server.sessions.take()).open()
    session.assign({ ticket: 'a', durationMs: 100 }, { ticket: 'b', durationMs: 50 })
    session.send({ __typename: 'AgentDrainRequested', reason: 'maintenance' })
    expect(await agent.departure).toEqual({ kind: 'drained' })
    expect(tickets(await server.batches.take())).toEqual(['a'])
    expect(tickets(await server.batches.take())).toEqual(['b'])
    expect(await server.closes.take()).toEqual({ code: 1000, goodbye: true })
  })

  it('does not come where the drain is withdrawn', async () => {
    agent = startAgent(server.url, { slots: 1 })
    const session = (await server.sessions.take()).open()
    session.assign({ ticket: 'a', durationMs: 100 })
    session.send({ __typename: 'AgentDrainRequested', reason: 'maintenance' })
    session.send({ __typename: 'AgentDrainWithdrawn', reason: 'it is over' })
    expect(tickets(await server.batches.take())).toEqual(['a'])
    session.assign({ ticket: 'b', durationMs: 50 })
    expect(tickets(await server.batches.take())).toEqual(['b'])
    // It departs once: until now it had not.
    agent.stop()
    expect(await agent.departure).toMatchObject({ kind: 'stopped' })
  })

  it('does not come where the drain was withdrawn while there was no connection', async () => {
    agent = startAgent(server.url, { slots: 1 })
    const session = (await server.sessions.take()).open()
    session.assign({ ticket: 'a', durationMs: 200 })
    session.send({ __typename: 'AgentDrainRequested', reason: 'maintenance' })
    session.end()
    const back = (await server.sessions.take()).open()
    let onAnswered = () => {}
    const answered = new Promise<void>((resolve) => (onAnswered = resolve))
    server.answer = ({ results }) => {
      setImmediate(onAnswered)
      return { __typename: 'SubmitTaskResultsPayload', receipts: results.map(() => 'ACCEPTED' as const) }
    }
    expect(tickets(await server.batches.take())).toEqual(['a'])
    await answered
    // It holds nothing any more, and is still one that comes back.
    back.end()
    expect((await server.sessions.take()).input.heldTickets).toEqual([])
  })

  it('comes at once at a drain with nothing held', async () => {
    agent = startAgent(server.url)
    ;(await server.sessions.take()).open().send({ __typename: 'AgentDrainRequested', reason: 'maintenance' })
    expect(await agent.departure).toEqual({ kind: 'drained' })
  })

  it('comes at a stop: what runs is finished, and what waits is given back at once', async () => {
    agent = startAgent(server.url, { slots: 1 })
    const session = (await server.sessions.take()).open()
    session.assign({ ticket: 'zero' }, { ticket: 'a', durationMs: 200 }, { ticket: 'b', durationMs: 200 })
    await server.batches.take()
    agent.stop()
    const { agentId, heldTickets } = await server.leavings.take()
    expect(agentId).toBe('agent-1')
    // The receipt of the first may be on its way.
    expect(heldTickets.filter((ticket) => ticket !== 'zero')).toEqual(['a'])
    session.assign({ ticket: 'late' })
    expect(await agent.departure).toEqual({ kind: 'stopped', unfinished: 0 })
    expect(tickets(await server.batches.take())).toEqual(['a'])
    expect(server.batches.size).toBe(0)
    expect(await server.closes.take()).toEqual({ code: 1000, goodbye: true })
  })

  it('is told of again on the next connection', async () => {
    agent = startAgent(server.url, { stopTimeoutMs: 60_000 })
    const session = (await server.sessions.take()).open()
    session.assign({ ticket: 'a', durationMs: 60_000 })
    session.send({ __typename: 'AgentDrainRequested', reason: 'so that it is known to have come this far' })
    await expect.poll(() => agent.lines.join()).toContain('asked to leave')
    agent.stop()
    await server.leavings.take()
    session.socket.terminate()
    const next = await server.sessions.take()
    next.open()
    expect(await server.leavings.take()).toEqual({ agentId: 'agent-1', heldTickets: ['a'] })
    next.open(['a'])
    expect(await agent.departure).toEqual({ kind: 'stopped', unfinished: 0 })
  })

  it('waits for what runs no longer than the stop timeout', async () => {
    agent = startAgent(server.url, { stopTimeoutMs: 100 })
    ;(await server.sessions.take()).open().assign({ ticket: 'zero' }, { ticket: 'a', durationMs: 60_000 })
    await server.batches.take()
    agent.stop()
    expect(await agent.departure).toEqual({ kind: 'stopped', unfinished: 1 })
    expect(await server.closes.take()).toEqual({ code: 1000, goodbye: true })
  })

  it('comes at a stop while the server cannot be reached', async () => {
    const { url } = server
    await server.stop()
    agent = startAgent(url, { timing: { retryBaseMs: 60_000, retryCapMs: 60_000 } })
    await expect.poll(() => agent.lines).toHaveLength(1)
    agent.stop()
    expect(await agent.departure).toEqual({ kind: 'stopped', unfinished: 0 })
    server = await TestServer.start()
  })
})
