import type { Pool } from 'pg'

export interface LostOwnership {
  readonly id: string
  /** Whether it has come to its end; if not, it is another replica's. */
  readonly ended: boolean
}

/** Of these expressions, by id and epoch, those that have ended or belong to another replica by now. */
export async function findLostOwnership(
  pool: Pool,
  owned: readonly { readonly id: string; readonly epoch: number }[],
): Promise<LostOwnership[]> {
  const { rows } = await pool.query<LostOwnership>({
    name: 'find-lost-ownership',
    text: `
      SELECT owned.id, coalesce(expression.status <> 'RUNNING', true) AS ended
        FROM unnest($1::uuid[], $2::int[]) AS owned (id, epoch)
        LEFT JOIN expression ON expression.id = owned.id
       WHERE (expression.status = 'RUNNING' AND expression.epoch = owned.epoch) IS NOT TRUE`,
    values: [owned.map(({ id }) => id), owned.map(({ epoch }) => epoch)],
  })
  return rows
}
