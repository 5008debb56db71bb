import type { Pool } from 'pg'
import { agentColumns, type AgentRow } from './agent-row.ts'

/** Reads agents by id; one that does not exist is left out. */
export async function loadAgents(pool: Pool, ids: readonly string[]): Promise<AgentRow[]> {
  const { rows } = await pool.query<AgentRow>({
    name: 'load-agents',
    text: `SELECT ${agentColumns} FROM agent WHERE id = ANY($1::uuid[])`,
    values: [ids],
  })
  return rows
}

/** All agents of tokens that still count, by name, but for those that are forgotten. */
export async function listAgents(pool: Pool): Promise<AgentRow[]> {
  const { rows } = await pool.query<AgentRow>({
    name: 'list-agents',
    text: `
      SELECT ${agentColumns} FROM agent JOIN agent_token ON agent_token.id = agent.token_id
       WHERE agent.forgotten_at IS NULL AND (agent_token.revoked_at IS NULL OR agent.presence <> 'OFFLINE')
       ORDER BY agent.name, agent.id`,
  })
  return rows
}
