import type { Pool } from 'pg'
import { violates } from '../data-error.ts'

export interface UndeletedExpression {
  readonly kind: 'undeleted'
  readonly ownerId: string
  readonly isUnfinished: boolean
  readonly epoch: number
}

/** What brings a row back as it was, columns that are younger than this statement included. */
const bringBack = `
  INSERT INTO expression
  SELECT (json_populate_record(NULL::expression, expression)).* FROM deleted_expression WHERE id = $1 AND expression IS NOT NULL`

/** Whoever computed it has given it up or is about to, and none of the tickets of then counts: as after a retry. */
const wakeUp = `
  UPDATE expression
     SET version = version + 1,
         status = CASE WHEN finished_at IS NULL THEN 'QUEUED' ELSE status END, replica_id = NULL,
         epoch = CASE WHEN finished_at IS NULL THEN epoch + 1 ELSE epoch END,
         retry_epoch = CASE WHEN finished_at IS NULL THEN epoch + 1 ELSE retry_epoch END,
         completed_tasks = CASE WHEN finished_at IS NULL THEN (SELECT count(*) FROM task_result WHERE expression_id = $1)
                                ELSE completed_tasks END
   WHERE id = $1
  RETURNING owner_id AS "ownerId", finished_at IS NULL AS "isUnfinished", epoch`

/**
 * Brings back an expression that was deleted lately, with its log. One that was unfinished is queued anew, with what its log holds.
 * @returns `gone` where it is not among those deleted lately, `requestIdTaken` where another has its requestId by now
 */
export async function undeleteExpression(
  pool: Pool,
  id: string,
): Promise<UndeletedExpression | { readonly kind: 'gone' | 'requestIdTaken' }> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const { rowCount } = await client.query({ name: 'undelete-expression', text: bringBack, values: [id] })
    const { rows } = await client.query<Omit<UndeletedExpression, 'kind'>>({
      ...{ name: 'undelete-expression-wake-up', text: wakeUp, values: [id] },
    })
    await client.query({
      ...{ name: 'undelete-expression-forget', text: 'DELETE FROM deleted_expression WHERE id = $1', values: [id] },
    })
    const [undeleted] = rows
    const isBack = rowCount === 1 && undeleted !== undefined
    await client.query(isBack ? 'COMMIT' : 'ROLLBACK')
    return isBack ? { kind: 'undeleted', ...undeleted } : { kind: 'gone' }
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure))
    })
    if (violates(error, 'expression_owner_id_request_id_key')) return { kind: 'requestIdTaken' }
    // Somebody else was quicker, or its user is no more.
    if (violates(error, 'expression_pkey') || violates(error, 'expression_owner_id_fkey')) return { kind: 'gone' }
    throw error
  } finally {
    client.release(broken)
  }
}
