import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ClusterMessage } from '../../src/realtime/cluster-message.ts'
import { touchConnectedAgents } from '../../src/scheduler/sweeps.ts'
import { drainAgent } from '../../src/store/agents/drain-agent.ts'
import { openAgentSession } from '../../src/store/agents/open-agent-session.ts'
import { undrainAgent } from '../../src/store/agents/undrain-agent.ts'
import { openStoreBench, type StoreBench } from '../store/support.ts'
import { beginAtReplica, openSession } from './support/replica-parts.ts'

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

/** An agent that is connected to a replica which hears nothing of what admins ask. */
async function connect() {
  const { deps } = await beginAtReplica(bench)
  const tokenId = v7()
  await bench.pool.query(`INSERT INTO agent_token (id, name, hash) VALUES ($1, 'test', $2)`, [
    tokenId,
    Buffer.from(tokenId),
  ])
  const opening = { id: v7(), tokenId, name: 'ada', slots: 1, sessionId: v7(), replicaId: deps.replicaId }
  await openAgentSession(bench.pool, opening)
  const session = openSession(deps, opening.id)
  const heard: ClusterMessage[] = []
  for (const kind of ['agentDrained', 'agentUndrained', 'agentSuspended', 'agentTokenRevoked'] as const)
    deps.announcer.on(kind, (message) => heard.push(message))
  return { deps, session, heard, id: opening.id, tokenId }
}

describe('what an admin asked of an agent, and its replica did not hear', () => {
  test('is found by the next heartbeat: that it is to leave, and to stay after all', async () => {
    const { deps, session, heard, id } = await connect()
    await drainAgent(bench.pool, id)
    await touchConnectedAgents(deps)
    expect(heard.splice(0)).toEqual([{ kind: 'agentDrained', id }])
    session.draining = true
    await touchConnectedAgents(deps)
    expect(heard.splice(0)).toEqual([])
    await undrainAgent(bench.pool, id)
    await touchConnectedAgents(deps)
    expect(heard).toEqual([{ kind: 'agentUndrained', id }])
  })

  test('does not outweigh what it heard since', async () => {
    const { deps, session, heard } = await connect()
    const swept = touchConnectedAgents(deps)
    session.draining = true
    await swept
    expect(heard).toEqual([])
  })

  test('is found: that it was set aside', async () => {
    const { deps, heard, id } = await connect()
    const reason = 'Its value is no sum of these.'
    await bench.pool.query('UPDATE agent SET suspended_at = now(), last_refusal = $2 WHERE id = $1', [id, reason])
    await touchConnectedAgents(deps)
    expect(heard).toEqual([{ kind: 'agentSuspended', id, reason }])
  })

  test('is found: that its token was revoked', async () => {
    const { deps, heard, tokenId } = await connect()
    await bench.pool.query('UPDATE agent_token SET revoked_at = now() WHERE id = $1', [tokenId])
    await touchConnectedAgents(deps)
    expect(heard).toEqual([{ kind: 'agentTokenRevoked', id: tokenId }])
  })
})
