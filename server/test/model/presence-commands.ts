import fc from 'fast-check'
import { expect } from 'vitest'
import { v7 } from 'uuid'
import { agentPresences } from '../../src/store/agents/agent-row.ts'
import { drainAgent } from '../../src/store/agents/drain-agent.ts'
import { undrainAgent } from '../../src/store/agents/undrain-agent.ts'
import { openAgentSession } from '../../src/store/agents/open-agent-session.ts'
import { setAgentPresence } from '../../src/store/agents/set-agent-presence.ts'
import { findOrphanedAgents, giveUpOrphanedAgents } from '../../src/store/agents/orphaned-agents.ts'
import { heartbeatReplica } from '../../src/store/replicas/heartbeat-replica.ts'
import { registerReplica, removeReplica } from '../../src/store/replicas/register-replica.ts'
import { choice, choose, command, hasAgent, hasReplica, type ModelState } from './command.ts'

const idle = { agents: 1, slots: 2, busySlots: 0, runningExpressions: 0, readyTasks: 0, tasksPerSecond: 0.5 }

const sorted = (stats: object) => Object.entries(stats).sort(([a], [b]) => (a < b ? -1 : 1))

const agentsOf = ({ store }: ModelState) => [...store.presence.agents.values()]

const register = command({
  name: 'register',
  input: fc.constant(null),
  async run({ store, replicas }, { pool }) {
    const id = v7()
    await registerReplica(pool, id)
    store.presence.register(id)
    replicas.push(id)
  },
})

const remove = command({
  name: 'remove',
  input: choice,
  check: hasReplica,
  async run({ store, replicas }, { pool }, replica) {
    const id = choose(replicas, replica)
    await removeReplica(pool, id)
    store.presence.remove(id)
  },
})

const heartbeat = command({
  name: 'heartbeat',
  input: fc.record({
    replica: choice,
    readyTasks: fc.nat({ max: 5 }),
    timeoutMs: fc.constantFrom(100_000, 1_000_000),
  }),
  check: hasReplica,
  async run({ store, replicas }, { pool }, { replica, readyTasks, timeoutMs }) {
    const id = choose(replicas, replica)
    const stats = { ...idle, readyTasks }
    const { alive, others } = await heartbeatReplica(pool, id, stats, timeoutMs, true)
    const expected = store.presence.heartbeat(id, stats, timeoutMs)
    expect(alive).toBe(expected.alive)
    // In whatever order.
    expect(others.map((other) => JSON.stringify(sorted(other))).sort()).toEqual(
      expected.others.map((other) => JSON.stringify(sorted(other))).sort(),
    )
  },
})

/** In steps far larger than a test takes, so that no limit is met by a hair. */
const wait = command({
  name: 'wait',
  input: fc.constantFrom(60, 600),
  async run(state, { pool }, seconds) {
    for (const [table, column] of [
      ['replica', 'heartbeat_at'],
      ['expression', 'finished_at'],
      ['deleted_expression', 'deleted_at'],
      ['offer', 'offered_at'],
    ])
      await pool.query(`UPDATE ${table} SET ${column} = ${column} - $1 * interval '1 second'`, [seconds])
    await pool.query(
      `UPDATE deleted_expression
          SET expression = jsonb_set(expression::jsonb, '{finished_at}',
                                     to_jsonb((expression->>'finished_at')::timestamptz - $1 * interval '1 second'))::json
        WHERE expression->>'finished_at' IS NOT NULL`,
      [seconds],
    )
    state.advance(seconds * 1_000)
  },
})

const openSession = command({
  name: 'open session',
  input: fc.record({
    token: choice,
    name: fc.constantFrom('ada', 'bob'),
    slots: fc.integer({ min: 1, max: 8 }),
    session: choice,
    replica: choice,
  }),
  check: hasReplica,
  async run({ store, tokens, sessions, replicas }, { pool }, { token, name, slots, session, replica }) {
    const opening = {
      id: v7(),
      tokenId: choose(tokens, token),
      name,
      slots,
      sessionId: choose(sessions, session),
      replicaId: choose(replicas, replica),
    }
    const row = await openAgentSession(pool, opening)
    const expected = store.presence.openSession(opening)
    if (expected === undefined) expect(row).toBeUndefined()
    else expect(row).toMatchObject(expected)
  },
})

const setPresence = command({
  name: 'set presence',
  input: fc.record({
    agent: choice,
    isStale: fc.constantFrom(false, false, true),
    presence: fc.constantFrom(...agentPresences),
  }),
  check: hasAgent,
  async run(state, { pool }, { agent, isStale, presence }) {
    const { id, sessionId, replicaId } = choose(agentsOf(state), agent)
    const from = isStale ? v7() : replicaId
    const written = await setAgentPresence(pool, id, sessionId, from, presence)
    expect(written).toBe(state.store.presence.setPresence(id, sessionId, from, presence))
  },
})

const drain = command({
  name: 'drain',
  input: choice,
  check: hasAgent,
  async run(state, { pool }, agent) {
    const { id } = choose(agentsOf(state), agent)
    expect(await drainAgent(pool, id)).toBe(state.store.presence.drain(id))
  },
})

const undrain = command({
  name: 'undrain',
  input: choice,
  check: hasAgent,
  async run(state, { pool }, agent) {
    const { id } = choose(agentsOf(state), agent)
    expect(await undrainAgent(pool, id)).toBe(state.store.presence.undrain(id))
  },
})

const strand = command({
  name: 'give up orphaned agents',
  input: fc.array(choice, { maxLength: 3 }),
  check: hasAgent,
  async run(state, { pool }, agents) {
    const { presence } = state.store
    expect((await findOrphanedAgents(pool)).sort()).toEqual(presence.findOrphaned().sort())
    const ids = agents.map((agent) => choose(agentsOf(state), agent).id)
    expect((await giveUpOrphanedAgents(pool, ids)).sort()).toEqual(presence.giveUpOrphaned(ids).sort())
  },
})

const revoke = command({
  name: 'revoke a token',
  input: choice,
  async run({ store, tokens }, { pool }, token) {
    const id = choose(tokens, token)
    await pool.query('UPDATE agent_token SET revoked_at = now() WHERE id = $1', [id])
    store.presence.revokedTokens.add(id)
  },
})

/** Replicas and agents that come and go, and time. */
export const presenceCommands = [
  register,
  register,
  remove,
  heartbeat,
  wait,
  openSession,
  openSession,
  setPresence,
  drain,
  undrain,
  strand,
  revoke,
]
