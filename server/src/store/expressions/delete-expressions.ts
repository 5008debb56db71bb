import type { Pool } from 'pg'
import type { DeletedExpression } from './deleted-expressions.ts'

const moving = (locked: string) => `
  WITH gone AS (
    DELETE FROM expression WHERE id IN (${locked}) RETURNING *
  ), offers AS (
    DELETE FROM offer WHERE expression_id IN (SELECT id FROM gone)
  )
  INSERT INTO deleted_expression (id, owner_id, operation_count, expression)
  SELECT id, owner_id, operation_count, row_to_json(gone) FROM gone
  RETURNING id, owner_id AS "ownerId"`

const one = { name: 'delete-expression', text: moving('SELECT id FROM expression WHERE id = $1 FOR UPDATE') }

/** Those that somebody else is writing are left out: to wait for one while others are held could be for ever. */
const many = {
  name: 'delete-expressions',
  text: moving('SELECT id FROM expression WHERE id = ANY($1::uuid[]) FOR UPDATE SKIP LOCKED'),
}

/**
 * Deletes an expression, whatever its status: its row moves to those deleted lately, from where it can be brought back, and its log stays
 * until it is forgotten. Returns whether it was there.
 *
 * Replicas that compute it hear of it a moment later; what they write of it meanwhile belongs to its log. See docs/decisions/0041.
 */
export async function deleteExpression(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({ ...one, values: [id] })
  return rowCount === 1
}

/** The same of many at once. Returns those that it deleted. */
export async function deleteExpressions(pool: Pool, ids: readonly string[]): Promise<DeletedExpression[]> {
  const { rows } = await pool.query<DeletedExpression>({ ...many, values: [ids] })
  return rows
}
