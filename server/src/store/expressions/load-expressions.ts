import type { Pool } from 'pg'
import type { Expression } from '../../generated/prisma/client.ts'

/** An expression's row without its plan, which can be large. */
export type ExpressionRow = Omit<Expression, 'plan' | 'regroup'>

/** The columns of an `ExpressionRow`. */
export const expressionColumns = `
  id, owner_id AS "ownerId", request_id AS "requestId", source, regrouped, operation_count AS "operationCount", status, result,
  failure, completed_tasks AS "completedTasks", created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt", purged_at AS "purgedAt", version, epoch, retry_epoch AS "retryEpoch",
  replica_id AS "replicaId"`

/** Reads expressions by id; one that does not exist is left out. By hand, because a busy replica reads thousands a second. */
export async function loadExpressions(pool: Pool, ids: readonly string[]): Promise<ExpressionRow[]> {
  const { rows } = await pool.query<ExpressionRow>({
    name: 'load-expressions',
    text: `SELECT ${expressionColumns} FROM expression WHERE id = ANY($1::uuid[])`,
    values: [ids],
  })
  return rows
}

/** The newest expressions of an owner, newest first. */
export async function loadNewestExpressions(pool: Pool, ownerId: string, limit: number): Promise<ExpressionRow[]> {
  const { rows } = await pool.query<ExpressionRow>({
    name: 'load-newest-expressions',
    text: `SELECT ${expressionColumns} FROM expression WHERE owner_id = $1 ORDER BY id DESC LIMIT $2`,
    values: [ownerId, limit],
  })
  return rows
}
