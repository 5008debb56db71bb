import type { Pool } from 'pg'

/** How many results are in the logs of these expressions, by the index alone. One without results has no entry. */
export async function countResults(pool: Pool, expressionIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ id: string; results: number }>({
    name: 'count-results',
    text: `
      SELECT expression_id AS id, count(*)::int AS results
        FROM task_result WHERE expression_id = ANY($1::uuid[]) GROUP BY expression_id`,
    values: [expressionIds],
  })
  return new Map(rows.map(({ id, results }) => [id, results]))
}
