import type { Pool, QueryConfig } from 'pg'
import type { LoggedResult } from '../../domain/tasks/task-graph.ts'

interface Row extends LoggedResult {
  readonly expressionId: string
}

/** Times as numbers: to read them as dates and make numbers of these took most of the time. */
const columns = `
  task, value, agent_id AS "agentId", attempt,
  (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt",
  (extract(epoch FROM finished_at) * 1000)::float8 AS "finishedAt"`

/** How many rows are read at a time, in some milliseconds; then everything else has its turn. */
const batchSize = 1_000

/** Reads the logs of expressions, children before parents. An expression without results has no entry. */
export async function loadLogs(pool: Pool, expressionIds: readonly string[]): Promise<Map<string, LoggedResult[]>> {
  // All batches are as of the same moment. `rows` is how pg asks for them, of which its types do not know.
  const query: QueryConfig & { readonly rows: number } = {
    name: 'load-logs',
    text: `
      SELECT expression_id AS "expressionId", ${columns} FROM task_result
       WHERE expression_id = ANY($1::uuid[]) ORDER BY expression_id, task`,
    values: [expressionIds],
    rows: batchSize,
  }
  const { rows } = await pool.query<Row>(query)
  const logs = new Map<string, LoggedResult[]>()
  for (const { expressionId, ...result } of rows) {
    const log = logs.get(expressionId) ?? []
    logs.set(expressionId, log)
    log.push(result)
  }
  return logs
}

/** Reads the results of some tasks of an expression; those without one are left out. */
export async function loadResults(pool: Pool, expressionId: string, tasks: readonly number[]): Promise<LoggedResult[]> {
  const { rows } = await pool.query<LoggedResult>({
    name: 'load-results',
    text: `SELECT ${columns} FROM task_result WHERE expression_id = $1 AND task = ANY($2::int[])`,
    values: [expressionId, tasks],
  })
  return rows
}
