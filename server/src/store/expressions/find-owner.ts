import type { Pool } from 'pg'

/** Whose expression it is; null where there is none. @param id a UUID */
export async function findOwner(pool: Pool, id: string): Promise<string | null> {
  const { rows } = await pool.query<{ owner_id: string }>({
    name: 'find-owner',
    text: 'SELECT owner_id FROM expression WHERE id = $1',
    values: [id],
  })
  return rows[0]?.owner_id ?? null
}
