import type { Pool } from 'pg'

/** What decides who may change an expression, and how many are changed at once. */
export interface BulkRow {
  readonly id: string
  readonly ownerId: string
  readonly operationCount: number
}

const finding = (table: string) => `
  SELECT id, owner_id AS "ownerId", operation_count AS "operationCount" FROM ${table} WHERE id = ANY($1::uuid[])`

const present = { name: 'find-for-bulk', text: finding('expression') }
const deleted = {
  name: 'find-deleted-for-bulk',
  text: `${finding('deleted_expression')} AND expression IS NOT NULL`,
}

/** Of these ids, those of expressions that are there. */
export async function findForBulk(pool: Pool, ids: readonly string[]): Promise<BulkRow[]> {
  return (await pool.query<BulkRow>({ ...present, values: [ids] })).rows
}

/** Of these ids, those of expressions that can be brought back. */
export async function findDeletedForBulk(pool: Pool, ids: readonly string[]): Promise<BulkRow[]> {
  return (await pool.query<BulkRow>({ ...deleted, values: [ids] })).rows
}
