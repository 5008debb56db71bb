import type { Pool } from 'pg'
import { lockAgents } from './lock-agents.ts'

/** What became of tasks of an agent. */
export interface TaskCounts {
  readonly done: number
  readonly failed: number
  readonly lost: number
}

export interface AgentCounts extends TaskCounts {
  readonly agentId: string
}

/** Adds to what the rows of agents have counted: every replica what it has seen itself. Returns what the rows say then. */
export async function addCounts(pool: Pool, counts: readonly AgentCounts[]): Promise<AgentCounts[]> {
  const { rows } = await pool.query<AgentCounts>({
    name: 'add-agent-counts',
    text: `${lockAgents}
      UPDATE agent SET tasks_done = tasks_done + done, tasks_failed = tasks_failed + failed, tasks_lost = tasks_lost + lost,
             version = version + 1
        FROM locked JOIN unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) AS counted (id, done, failed, lost) USING (id)
       WHERE agent.id = locked.id
      RETURNING agent.id AS "agentId", tasks_done::float8 AS done, tasks_failed::float8 AS failed, tasks_lost::float8 AS lost`,
    values: [
      counts.map(({ agentId }) => agentId),
      counts.map(({ done }) => done),
      counts.map(({ failed }) => failed),
      counts.map(({ lost }) => lost),
    ],
  })
  return rows
}
