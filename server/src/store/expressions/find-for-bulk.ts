import type { Pool } from 'pg'

/** What decides who may change an expression, and how many are changed at once. */
export interface BulkRow {
  readonly id: string
  readonly ownerId: string
  readonly operationCount: number
}

/** Of these ids, those of expressions that are there. */
export async function findForBulk(pool: Pool, ids: readonly string[]): Promise<BulkRow[]> {
  const { rows } = await pool.query<BulkRow>({
    name: 'find-for-bulk',
    text: `
      SELECT id, owner_id AS "ownerId", operation_count AS "operationCount" FROM expression WHERE id = ANY($1::uuid[])`,
    values: [ids],
  })
  return rows
}
