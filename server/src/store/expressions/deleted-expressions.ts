import type { Pool } from 'pg'

export interface DeletedExpression {
  readonly id: string
  readonly ownerId: string
}

/** The most that a new subscriber is told of. */
const mostRecent = 1_000

const columns = `id, owner_id AS "ownerId"`

/** Of these ids, those of expressions that were deleted lately. */
export async function loadDeletedExpressions(pool: Pool, ids: readonly string[]): Promise<DeletedExpression[]> {
  const { rows } = await pool.query<DeletedExpression>({
    name: 'load-deleted-expressions',
    text: `SELECT ${columns} FROM deleted_expression WHERE id = ANY($1::uuid[])`,
    values: [ids],
  })
  return rows
}

/** What an owner had deleted lately, the latest first. */
export async function listDeletedExpressions(pool: Pool, ownerId: string): Promise<DeletedExpression[]> {
  const { rows } = await pool.query<DeletedExpression>({
    name: 'list-deleted-expressions',
    text: `SELECT ${columns} FROM deleted_expression WHERE owner_id = $1 ORDER BY deleted_at DESC, id DESC LIMIT ${mostRecent}`,
    values: [ownerId],
  })
  return rows
}
