import type { Pool } from 'pg'
import { lockAgents } from './lock-agents.ts'

/** Writes that the logs name these agents from here on: they are not forgotten. No new version: nobody is shown it. */
export async function noteComputed(pool: Pool, agentIds: readonly string[]): Promise<void> {
  await pool.query({
    name: 'note-computed',
    text: `${lockAgents}
      UPDATE agent SET has_computed = true FROM locked WHERE agent.id = locked.id AND NOT has_computed`,
    values: [agentIds],
  })
}
