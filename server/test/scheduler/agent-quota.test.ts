import { expect, test } from 'vitest'
import { forgetAgents } from '../../src/store/agents/forget-agents.ts'
import { listAgents, loadAgents } from '../../src/store/agents/load-agents.ts'
import { noteComputed } from '../../src/store/agents/note-computed.ts'
import { setAgentPresence } from '../../src/store/agents/set-agent-presence.ts'
import { openAgentSession } from '../../src/store/agents/open-agent-session.ts'
import { v7 } from 'uuid'
import { refusalOf, type TokenUse } from '../../src/domain/tasks/agent-quota.ts'
import { openStoreBench } from '../store/support.ts'
import { createAgentToken } from '../support/people.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

const quota = { maxAgents: 4, maxSlots: 16 }
const nothing: TokenUse = {
  agents: 0,
  slots: 0,
  newNames: 0,
  suspended: 0,
  isKnown: false,
  isTaken: false,
  suspension: null,
}

test.each<[string | null, Partial<TokenUse>, number]>([
  [null, {}, 16],
  ['AGENT_LIMIT', {}, 17],
  [null, { agents: 3, slots: 12 }, 4],
  ['AGENT_LIMIT', { agents: 4, slots: 4 }, 1],
  ['AGENT_LIMIT', { agents: 4, slots: 4, isKnown: true }, 1],
  ['AGENT_LIMIT', { slots: 13 }, 4],
  [null, { newNames: 7 }, 1],
  ['AGENT_LIMIT', { newNames: 8 }, 1],
  [null, { newNames: 8, isKnown: true }, 1],
  ['AGENT_NAME_TAKEN', { isKnown: true, isTaken: true }, 1],
  ['AGENT_SUSPENDED', { suspension: '', isKnown: true, suspended: 1 }, 1],
  ['AGENT_SUSPENDED', { suspended: 3 }, 1],
  [null, { suspended: 3, isKnown: true }, 1],
])('an agent is let in, or not (%s), with a token that has %o', (code, use, slots) => {
  expect(refusalOf({ ...nothing, ...use }, slots, quota)?.code ?? null).toBe(code)
})

test('of many that come at once, so many get in as the token may have, and the others are told what to do', async () => {
  const environment = { MAX_AGENTS_PER_TOKEN: '4', MAX_SLOTS_PER_TOKEN: '10' }
  const { app, admin, agentToken, openAgent } = await startWorld({ environment })
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const opened = await Promise.allSettled(names.map((name) => TestAgent.open(app, agentToken, { name, slots: 2 })))
  const refused = opened.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
  expect(refused).toHaveLength(3)
  for (const reason of refused) expect(reason).toMatch(/AGENT_LIMIT|has 4 agents, and at most 4 are allowed/)
  const [first] = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  await first?.leave()
  await expect(openAgent({ name: 'h', slots: 5 })).rejects.toThrow(/AGENT_LIMIT|MAX_SLOTS_PER_TOKEN/)
  await openAgent({ name: 'h', slots: 4 })
  // Another token has limits of its own.
  const other = await createAgentToken(admin, 'other')
  await TestAgent.open(app, other.token, { name: 'a', slots: 10 })
})

test('an agent that is long gone is forgotten, unless it computed or failed at something, or is set aside', async () => {
  const { pool } = await openStoreBench()
  const tokenId = v7()
  const replicaId = v7()
  await pool.query(`INSERT INTO agent_token (id, name, hash) VALUES ($1, 'test', $2)`, [tokenId, Buffer.from(tokenId)])
  const open = async (name: string) => {
    const sessionId = v7()
    const agent = await openAgentSession(pool, { id: v7(), tokenId, name, slots: 1, sessionId, replicaId })
    await setAgentPresence(pool, agent!.id, sessionId, replicaId, 'OFFLINE')
    return agent!.id
  }
  const [idle, worker, failed, suspended, recent] = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(open))
  await noteComputed(pool, [worker!])
  await pool.query(
    `INSERT INTO failed_attempt (expression_id, task, attempt, agent_id, outcome, message, started_at, ended_at)
     VALUES ($1, 0, 1, $2, 'AGENT_LOST', '', now(), now())`,
    [v7(), failed],
  )
  await pool.query(`UPDATE agent SET suspended_at = now() WHERE id = $1`, [suspended])
  await pool.query(`UPDATE agent SET last_heartbeat_at = now() - interval '1 hour' WHERE id <> $1`, [recent])
  expect(await forgetAgents(pool, { idleSeconds: 600, anySeconds: 7_200 })).toEqual([idle])
  // Whoever watches is told of it as of one that is forgotten; what nothing names is removed after that.
  expect(await loadAgents(pool, [idle!])).toMatchObject([{ forgottenAt: expect.any(Date) as Date }])
  // After a longer while the others go from the lists too, but for the one that is set aside; their rows stay, for what names them.
  const forgotten = await forgetAgents(pool, { idleSeconds: 600, anySeconds: 1_800 })
  expect(forgotten.toSorted()).toEqual([worker!, failed!].toSorted())
  expect(await loadAgents(pool, [idle!])).toEqual([])
  expect((await listAgents(pool)).map(({ name }) => name)).toEqual(['d', 'e'])
  expect((await loadAgents(pool, [worker!]))[0]).toMatchObject({ name: 'b', forgottenAt: expect.any(Date) as Date })
  expect(await forgetAgents(pool, { idleSeconds: 600, anySeconds: 1_800 })).toEqual([])
})
