import type { Pool } from 'pg'
import type { LoggedResult } from '../../domain/tasks/task-graph.ts'

interface Row extends Omit<LoggedResult, 'startedAt' | 'finishedAt'> {
  readonly expressionId: string
  readonly startedAt: Date
  readonly finishedAt: Date
}

const columns = `
  expression_id AS "expressionId", task, value, agent_id AS "agentId", attempt,
  started_at AS "startedAt", finished_at AS "finishedAt"`

function toResult({ expressionId: _, startedAt, finishedAt, ...result }: Row): LoggedResult {
  return {
    ...result,
    startedAt: startedAt.getTime(),
    finishedAt: finishedAt.getTime(),
  }
}

/** Reads the logs of expressions, children before parents. An expression without results has no entry. */
export async function loadLogs(pool: Pool, expressionIds: readonly string[]): Promise<Map<string, LoggedResult[]>> {
  const { rows } = await pool.query<Row>({
    name: 'load-logs',
    text: `SELECT ${columns} FROM task_result WHERE expression_id = ANY($1::uuid[]) ORDER BY expression_id, task`,
    values: [expressionIds],
  })
  const logs = new Map<string, LoggedResult[]>()
  for (const row of rows) {
    const log = logs.get(row.expressionId) ?? []
    logs.set(row.expressionId, log)
    log.push(toResult(row))
  }
  return logs
}

/** Reads the results of some tasks of an expression; those without one are left out. */
export async function loadResults(pool: Pool, expressionId: string, tasks: readonly number[]): Promise<LoggedResult[]> {
  const { rows } = await pool.query<Row>({
    name: 'load-results',
    text: `SELECT ${columns} FROM task_result WHERE expression_id = $1 AND task = ANY($2::int[])`,
    values: [expressionId, tasks],
  })
  return rows.map(toResult)
}
