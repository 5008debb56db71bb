import type { Pool } from 'pg'
import type { LoggedResult } from '../../domain/task-graph.ts'

interface Row extends Omit<LoggedResult, 'readyAt' | 'startedAt' | 'finishedAt'> {
  readonly expressionId: string
  readonly readyAt: Date | null
  readonly startedAt: Date
  readonly finishedAt: Date
}

/** Reads the logs of expressions, children before parents. An expression without results has no entry. */
export async function loadLogs(pool: Pool, expressionIds: readonly string[]): Promise<Map<string, LoggedResult[]>> {
  const { rows } = await pool.query<Row>({
    name: 'load-logs',
    text: `
      SELECT expression_id AS "expressionId", task, value, agent_id AS "agentId", attempt,
             ready_at AS "readyAt", started_at AS "startedAt", finished_at AS "finishedAt"
        FROM task_result WHERE expression_id = ANY($1::uuid[]) ORDER BY expression_id, task`,
    values: [expressionIds],
  })
  const logs = new Map<string, LoggedResult[]>()
  for (const { expressionId, readyAt, startedAt, finishedAt, ...result } of rows) {
    const log = logs.get(expressionId) ?? []
    logs.set(expressionId, log)
    log.push({
      ...result,
      readyAt: readyAt?.getTime() ?? null,
      startedAt: startedAt.getTime(),
      finishedAt: finishedAt.getTime(),
    })
  }
  return logs
}
