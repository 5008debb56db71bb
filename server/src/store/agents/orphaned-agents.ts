import type { Pool } from 'pg'
import { lockAgents } from './lock-agents.ts'

/** Agents whose session was at a replica that is no more. They may still come back, to any replica, with what they hold. */
export async function findOrphanedAgents(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'find-orphaned-agents',
    text: `
      SELECT id FROM agent
       WHERE presence <> 'OFFLINE' AND NOT EXISTS (SELECT FROM replica WHERE replica.id = agent.replica_id)`,
  })
  return rows.map(({ id }) => id)
}

/** Gives up those of these agents that have not come back. Returns their ids. */
export async function giveUpOrphanedAgents(pool: Pool, agentIds: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'give-up-orphaned-agents',
    text: `${lockAgents}
      UPDATE agent SET presence = 'OFFLINE', version = version + 1
        FROM locked
       WHERE agent.id = locked.id AND presence <> 'OFFLINE'
         AND NOT EXISTS (SELECT FROM replica WHERE replica.id = agent.replica_id)
      RETURNING agent.id`,
    values: [agentIds],
  })
  return rows.map(({ id }) => id)
}
