import type { Pool } from 'pg'
import type { ExpressionRow } from './load-expressions.ts'

export interface NewExpression {
  readonly id: string
  readonly ownerId: string
  readonly requestId: string
  readonly source: string
  readonly regrouped: boolean
  /** Encoded, see domain/plan.ts. */
  readonly plan: unknown
  readonly operationCount: number
  /** The replica that starts it at once; null where it waits. */
  readonly replicaId: string | null
  /** Of an expression with nothing to compute. */
  readonly result: string | null
}

/**
 * Inserts expressions, each in the state it begins with: RUNNING at a replica, QUEUED, or SUCCEEDED where there is nothing to compute.
 * Returns those inserted, by id; the others' request ids were used before by the same owner, or twice in this batch.
 */
export async function insertExpressions(
  pool: Pool,
  expressions: readonly NewExpression[],
): Promise<ReadonlyMap<string, ExpressionRow>> {
  const begun = expressions.map((expression) => ({ ...expression, ...begin(expression) }))
  const { rows } = await pool.query<{ id: string; createdAt: Date }>({
    name: 'insert-expressions',
    text: `
      INSERT INTO expression (id, owner_id, request_id, source, regrouped, plan, operation_count, status, result, epoch, replica_id,
                              started_at, finished_at)
      SELECT id, owner_id, request_id, source, regrouped, plan, operation_count, status, result, epoch, replica_id,
             CASE WHEN status <> 'QUEUED' THEN now() END, CASE WHEN status = 'SUCCEEDED' THEN now() END
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bool[], $6::json[], $7::int[], $8::expression_status[],
                    $9::text[], $10::int[], $11::uuid[])
          AS new (id, owner_id, request_id, source, regrouped, plan, operation_count, status, result, epoch, replica_id)
      ON CONFLICT (owner_id, request_id) DO NOTHING
      RETURNING id, created_at AS "createdAt"`,
    values: [
      begun.map((expression) => expression.id),
      begun.map((expression) => expression.ownerId),
      begun.map((expression) => expression.requestId),
      begun.map((expression) => expression.source),
      begun.map((expression) => expression.regrouped),
      begun.map((expression) => JSON.stringify(expression.plan)),
      begun.map((expression) => expression.operationCount),
      begun.map((expression) => expression.status),
      begun.map((expression) => expression.result),
      begun.map((expression) => expression.epoch),
      begun.map((expression) => expression.replicaId),
    ],
  })
  const createdAt = new Map(rows.map((row) => [row.id, row.createdAt]))
  return new Map(
    begun.flatMap((expression) => {
      const time = createdAt.get(expression.id)
      return time ? [[expression.id, rowOf(expression, time)]] : []
    }),
  )
}

type Begun = Pick<ExpressionRow, 'status' | 'epoch'>

function begin({ replicaId, result }: NewExpression): Begun {
  if (result !== null) return { status: 'SUCCEEDED', epoch: 0 }
  return replicaId === null ? { status: 'QUEUED', epoch: 0 } : { status: 'RUNNING', epoch: 1 }
}

/** What a row holds that was inserted at this time: to make it costs less than to read it. */
const rowOf = ({ plan: _plan, ...expression }: NewExpression & Begun, createdAt: Date): ExpressionRow => ({
  ...expression,
  failure: null,
  completedTasks: 0,
  createdAt,
  startedAt: expression.status === 'QUEUED' ? null : createdAt,
  finishedAt: expression.status === 'SUCCEEDED' ? createdAt : null,
  purgedAt: null,
  version: 1,
  retryEpoch: 0,
})
