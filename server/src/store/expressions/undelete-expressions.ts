import type { Pool } from 'pg'
import { isDeadlock, violates } from '../data-error.ts'

export interface UndeletedExpression {
  readonly id: string
  readonly ownerId: string
  readonly isUnfinished: boolean
  readonly epoch: number
}

type Row = UndeletedExpression & { readonly isBack: boolean }

/**
 * Rows come back as they were, columns that are younger than this statement included. Of those that were unfinished, whoever computed them
 * has given them up or is about to, and none of the tickets of then counts: as after a retry.
 */
const bringingBack = (locked: string) => `
  WITH deleted AS (
    SELECT id, expression FROM deleted_expression WHERE ${locked}
  ), back AS (
    INSERT INTO expression
    SELECT woken.* FROM deleted
     CROSS JOIN LATERAL json_populate_record(NULL::expression, expression) AS kept
     CROSS JOIN LATERAL json_populate_record(kept,
       CASE WHEN kept.finished_at IS NULL
         THEN json_build_object('version', kept.version + 1, 'replica_id', NULL, 'status', 'QUEUED', 'epoch', kept.epoch + 1,
                'retry_epoch', kept.epoch + 1, 'completed_tasks', (SELECT count(*) FROM task_result WHERE expression_id = deleted.id))
         ELSE json_build_object('version', kept.version + 1, 'replica_id', NULL)
       END) AS woken
    ON CONFLICT DO NOTHING
    RETURNING id, owner_id, finished_at, epoch
  ), forgotten AS (
    DELETE FROM deleted_expression WHERE id IN (SELECT id FROM back)
  )
  SELECT deleted.id, back.id IS NOT NULL AS "isBack", back.owner_id AS "ownerId", back.finished_at IS NULL AS "isUnfinished", back.epoch
    FROM deleted LEFT JOIN back ON back.id = deleted.id`

const one = { name: 'undelete-expression', text: bringingBack('id = $1 AND expression IS NOT NULL FOR UPDATE') }

/** Those that somebody else is writing are left out, as where many are deleted. */
const many = {
  name: 'undelete-expressions',
  text: bringingBack('id = ANY($1::uuid[]) AND expression IS NOT NULL FOR UPDATE SKIP LOCKED'),
}

/** `gone` where it is not among those deleted lately, `requestIdTaken` where another has its requestId by now. */
export type UndeleteOutcome =
  ({ readonly kind: 'undeleted' } & UndeletedExpression) | { readonly kind: 'gone' | 'requestIdTaken' }

/** Brings back an expression that was deleted lately, with its log. One that was unfinished is queued anew, with what its log holds. */
export async function undeleteExpression(pool: Pool, id: string): Promise<UndeleteOutcome> {
  try {
    const [row] = (await pool.query<Row>({ ...one, values: [id] })).rows
    if (row === undefined) return { kind: 'gone' }
    const { isBack, ...undeleted } = row
    return isBack ? { kind: 'undeleted', ...undeleted } : { kind: 'requestIdTaken' }
  } catch (error) {
    if (isOfNobody(error)) return { kind: 'gone' }
    throw error
  }
}

/** The same of many at once: those that came back, and those whose requestId another has. Of the rest each has to be tried by itself. */
export async function undeleteExpressions(
  pool: Pool,
  ids: readonly string[],
): Promise<{ readonly undeleted: readonly UndeletedExpression[]; readonly requestIdTaken: readonly string[] }> {
  try {
    const { rows } = await pool.query<Row>({ ...many, values: [ids] })
    return {
      undeleted: rows.flatMap(({ isBack, ...undeleted }) => (isBack ? [undeleted] : [])),
      requestIdTaken: rows.flatMap(({ id, isBack }) => (isBack ? [] : [id])),
    }
  } catch (error) {
    // One whose requestId is just being inserted is waited for while the others are held.
    if (isOfNobody(error) || isDeadlock(error)) return { undeleted: [], requestIdTaken: [] }
    throw error
  }
}

/** Its user is no more. */
const isOfNobody = (error: unknown): boolean => violates(error, 'expression_owner_id_fkey')
