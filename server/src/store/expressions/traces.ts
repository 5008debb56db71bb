import type { Pool } from 'pg'

export interface NewTrace {
  readonly expressionId: string
  readonly traceparent: string
}

/** Keeps which traces of clients expressions belong to; one that was deleted in the meantime is left out. */
export async function keepTraces(pool: Pool, traces: readonly NewTrace[]): Promise<void> {
  await pool.query({
    name: 'keep-traces',
    text: `
      INSERT INTO expression_trace (expression_id, traceparent)
      SELECT id, traceparent
        FROM (SELECT unnest($1::uuid[]) AS expression_id, unnest($2::text[]) AS traceparent) AS new
             JOIN expression ON id = new.expression_id
      ON CONFLICT DO NOTHING`,
    values: [traces.map(({ expressionId }) => expressionId), traces.map(({ traceparent }) => traceparent)],
  })
}

/** By expression; most have none. */
export async function findTraces(pool: Pool, expressionIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<NewTrace>({
    name: 'find-traces',
    text: `SELECT expression_id AS "expressionId", traceparent FROM expression_trace WHERE expression_id = ANY($1::uuid[])`,
    values: [expressionIds],
  })
  return new Map(rows.map(({ expressionId, traceparent }) => [expressionId, traceparent]))
}
