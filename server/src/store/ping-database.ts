import type { Pool } from 'pg'

/** Rejects where the database does not answer. */
export async function pingDatabase(pool: Pool): Promise<void> {
  await pool.query('SELECT 1')
}
