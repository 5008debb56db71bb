import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addCounts } from '../../src/store/agents/add-counts.ts'
import { forgetAgents } from '../../src/store/agents/forget-agents.ts'
import { noteComputed } from '../../src/store/agents/note-computed.ts'
import { openAgentSession } from '../../src/store/agents/open-agent-session.ts'
import { giveUpOrphanedAgents } from '../../src/store/agents/orphaned-agents.ts'
import { touchAgents } from '../../src/store/agents/touch-agents.ts'
import { openStoreBench, type StoreBench } from './support.ts'

/** Two agents, of which the one that sorts last came first: a statement that takes them as they come locks it first. */
const [last, first] = ['ffffffff-ffff-7fff-bfff-ffffffffffff', '00000000-0000-7000-8000-000000000001']
const both = [last, first]

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
  const tokenId = v7()
  const hash = Buffer.from(tokenId)
  await bench.pool.query(`INSERT INTO agent_token (id, name, hash) VALUES ($1, 'test', $2)`, [tokenId, hash])
  for (const id of both)
    await openAgentSession(bench.pool, { id, tokenId, name: id, slots: 1, sessionId: v7(), replicaId: v7() })
})
afterAll(() => bench.close())

const counts = { done: 1, failed: 0, lost: 0 }

test.each([
  [
    'counts',
    () =>
      addCounts(bench.pool, [
        { agentId: last, ...counts },
        { agentId: first, ...counts },
      ]),
  ],
  ['heartbeats', () => touchAgents(bench.pool, both)],
  ['that they have computed', () => noteComputed(bench.pool, both)],
  ['that they are given up', () => giveUpOrphanedAgents(bench.pool, both)],
])('%s are written agent by agent in one order, so that no two replicas wait for each other', async (_, write) => {
  const other = await bench.otherPool.connect()
  try {
    await other.query('BEGIN')
    await other.query('SELECT FROM agent WHERE id = $1 FOR UPDATE', [first])
    const written = write()
    const isWaiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
    await expect.poll(async () => (await other.query(isWaiting)).rowCount).toBe(1)
    // What waits for the first has not got the last.
    await other.query('SELECT FROM agent WHERE id = $1 FOR UPDATE NOWAIT', [last])
    await other.query('COMMIT')
    await written
  } finally {
    other.release(true)
  }
})

test('agents that somebody writes are forgotten the next time, and those beside them at once', async () => {
  await bench.pool.query(
    `UPDATE agent SET presence = 'OFFLINE', last_heartbeat_at = now() - interval '1 day', has_computed = id = $1`,
    [last],
  )
  const after = { idleSeconds: 600, anySeconds: 7_200 }
  const other = await bench.otherPool.connect()
  try {
    await other.query('BEGIN')
    await other.query('SELECT FROM agent WHERE id = $1 FOR UPDATE', [first])
    expect(await forgetAgents(bench.pool, after)).toEqual([last])
    await other.query('COMMIT')
  } finally {
    other.release(true)
  }
  expect(await forgetAgents(bench.pool, after)).toEqual([first])
})
