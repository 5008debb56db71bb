import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drainAgent } from '../../src/store/agents/drain-agent.ts'
import { listAgents, loadAgents } from '../../src/store/agents/load-agents.ts'
import { openAgentSession } from '../../src/store/agents/open-agent-session.ts'
import { setAgentPresence } from '../../src/store/agents/set-agent-presence.ts'
import { findOrphanedAgents, giveUpOrphanedAgents } from '../../src/store/agents/orphaned-agents.ts'
import { touchAgents } from '../../src/store/agents/touch-agents.ts'
import { removeReplica } from '../../src/store/replicas/register-replica.ts'
import { openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
let tokenId: string
let replicaId: string
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(async () => {
  await bench.reset()
  replicaId = await bench.replica()
  tokenId = await token()
})
afterAll(() => bench.close())

async function token(): Promise<string> {
  const id = v7()
  await bench.pool.query(`INSERT INTO agent_token (id, name, hash) VALUES ($1, 'test', $2)`, [id, Buffer.from(id)])
  return id
}

async function open(name = 'ada', overrides: { sessionId?: string; slots?: number; tokenId?: string } = {}) {
  const row = await openAgentSession(bench.pool, {
    ...{ id: v7(), tokenId, name, slots: 4, sessionId: v7(), replicaId },
    ...overrides,
  })
  if (row === undefined) throw new Error('the token was revoked')
  return row
}

const presenceOf = async (id: string) => (await loadAgents(bench.pool, [id]))[0]?.presence

describe('a session', () => {
  test('makes an agent the first time, and is the same agent’s after that', async () => {
    const first = await open('ada', { slots: 2 })
    const again = await open('ada', { slots: 8 })
    expect(again).toMatchObject({ id: first.id, slots: 8, presence: 'ONLINE', version: first.version + 1 })
    expect(again.createdAt).toEqual(first.createdAt)
    expect((await open('bob')).id).not.toBe(first.id)
    expect((await open('ada', { tokenId: await token() })).id).not.toBe(first.id)
  })

  test('opens not with a token that was revoked', async () => {
    await bench.pool.query('UPDATE agent_token SET revoked_at = now()')
    await expect(open()).rejects.toThrow('revoked')
  })

  test('that resumes stays drained; another begins anew', async () => {
    const { id, sessionId } = await open()
    expect(await drainAgent(bench.pool, id)).toBe(true)
    expect(await drainAgent(bench.pool, id)).toBe(false)
    expect((await open('ada', { sessionId: sessionId! })).presence).toBe('DRAINING')
    expect((await open('ada')).presence).toBe('ONLINE')
  })
})

describe('presence', () => {
  test('is written by the session that stands, and by no earlier one', async () => {
    const { id, sessionId } = await open()
    expect(await setAgentPresence(bench.pool, id, sessionId!, replicaId, 'RECONNECTING')).toBe(true)
    expect(await setAgentPresence(bench.pool, id, sessionId!, replicaId, 'RECONNECTING')).toBe(false)
    const successor = await open()
    expect(await setAgentPresence(bench.pool, id, sessionId!, replicaId, 'OFFLINE')).toBe(false)
    expect(await setAgentPresence(bench.pool, id, successor.sessionId!, v7(), 'OFFLINE')).toBe(false)
    expect(await presenceOf(id)).toBe('ONLINE')
  })

  test('one who is not there is not drained', async () => {
    const { id, sessionId } = await open()
    await setAgentPresence(bench.pool, id, sessionId!, replicaId, 'OFFLINE')
    expect(await drainAgent(bench.pool, id)).toBe(false)
    expect(await presenceOf(id)).toBe('OFFLINE')
  })

  test('a heartbeat is a time and no new version', async () => {
    const { id, version } = await open()
    await bench.age('agent', 'last_heartbeat_at', id, 60)
    const [before] = await loadAgents(bench.pool, [id])
    expect(await touchAgents(bench.pool, [id])).toMatchObject([{ id, isDraining: false, suspendedFor: null }])
    const [after] = await loadAgents(bench.pool, [id])
    expect(after!.lastHeartbeatAt.getTime() - before!.lastHeartbeatAt.getTime()).toBeGreaterThan(59_000)
    expect(after?.version).toBe(version)
  })
})

describe('orphaned agents', () => {
  test('are those that were connected to a replica that is no more', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')]
    await setAgentPresence(bench.pool, bob.id, bob.sessionId!, replicaId, 'OFFLINE')
    expect(await findOrphanedAgents(bench.pool)).toEqual([])
    await removeReplica(bench.pool, replicaId)
    expect(await findOrphanedAgents(bench.pool)).toEqual([ada.id])
  })

  test('are given up unless they have come back', async () => {
    const [ada, bob] = [await open('ada'), await open('bob')]
    await removeReplica(bench.pool, replicaId)
    replicaId = await bench.replica()
    await open('ada')
    expect(await giveUpOrphanedAgents(bench.pool, [ada.id, bob.id])).toEqual([bob.id])
    expect([await presenceOf(ada.id), await presenceOf(bob.id)]).toEqual(['ONLINE', 'OFFLINE'])
  })
})

test('the list has all agents by name, but those of a revoked token that are gone', async () => {
  const revoked = await token()
  for (const name of ['carol', 'ada', 'bob']) await open(name)
  const [here, gone] = [await open('eve', { tokenId: revoked }), await open('dan', { tokenId: revoked })]
  await setAgentPresence(bench.pool, gone.id, gone.sessionId!, replicaId, 'OFFLINE')
  await bench.pool.query('UPDATE agent_token SET revoked_at = now() WHERE id = $1', [revoked])
  expect((await listAgents(bench.pool)).map(({ name }) => name)).toEqual(['ada', 'bob', 'carol', here.name])
})
