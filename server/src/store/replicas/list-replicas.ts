import type { Pool } from 'pg'

/** The replicas that count, by id. */
export async function listReplicas(pool: Pool): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>({ name: 'list-replicas', text: `SELECT id FROM replica` })
  return new Set(rows.map(({ id }) => id))
}
