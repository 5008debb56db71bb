import type { Pool } from 'pg'

/** So many expressions, and operations, a call; the next one goes on. */
const batchSize = 200
const maxOperations = 20_000

const sized = (first: string) => `
  SELECT id FROM (
    SELECT id, sum(operation_count) OVER (ORDER BY id) - operation_count AS operations_before FROM (${first}) first
  ) counted WHERE operations_before < ${maxOperations}`

const logsOf = (gone: string) => `
  results AS (DELETE FROM task_result WHERE expression_id IN (SELECT id FROM ${gone})),
  attempts AS (DELETE FROM failed_attempt WHERE expression_id IN (SELECT id FROM ${gone})),
  offers AS (DELETE FROM offer WHERE expression_id IN (SELECT id FROM ${gone}))`

/** Some that a user has and that have not ended. */
export async function listUnfinishedOf(pool: Pool, ownerId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'list-unfinished-of',
    text: `
      (SELECT id FROM expression WHERE owner_id = $1 AND status = 'QUEUED' ORDER BY id LIMIT ${batchSize})
      UNION ALL
      (SELECT id FROM expression WHERE owner_id = $1 AND status = 'RUNNING' AND replica_id IS NOT NULL LIMIT ${batchSize})`,
    values: [ownerId],
  })
  return rows.map(({ id }) => id)
}

/**
 * Deletes some of what a user has for good, with its logs; the ids stay for a while, for what is written of them meanwhile.
 * @param howMany `one` waits for whoever is writing it; `some` leaves those out. Returns what it deleted.
 */
export async function eraseExpressions(pool: Pool, ownerId: string, howMany: 'some' | 'one'): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: `erase-${howMany}-expressions`,
    text: `
      WITH chosen AS (
        SELECT id FROM expression
         WHERE id IN (${sized(`SELECT id, operation_count FROM expression WHERE owner_id = $1 ORDER BY id LIMIT ${howMany === 'one' ? 1 : batchSize}`)})
           FOR UPDATE ${howMany === 'one' ? '' : 'SKIP LOCKED'}
      ), gone AS (
        DELETE FROM expression WHERE id IN (SELECT id FROM chosen) RETURNING id, owner_id
      ), ${logsOf('gone')}
      INSERT INTO deleted_expression (id, owner_id) SELECT id, owner_id FROM gone RETURNING id`,
    values: [ownerId],
  })
  return rows.map(({ id }) => id)
}

/** Deletes for good some of what a user had deleted lately, with its logs. Returns how many. */
export async function eraseDeleted(pool: Pool, ownerId: string): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'erase-deleted-expressions',
    text: `
      WITH chosen AS (
        ${sized(`SELECT id, operation_count FROM deleted_expression WHERE owner_id = $1 AND expression IS NOT NULL ORDER BY deleted_at LIMIT ${batchSize}`)}
      ), ${logsOf('chosen')}
      UPDATE deleted_expression SET expression = NULL WHERE id IN (SELECT id FROM chosen)`,
    values: [ownerId],
  })
  return rowCount ?? 0
}
