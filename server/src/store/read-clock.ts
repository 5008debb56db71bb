import type { Pool } from 'pg'

/** What the database's clock shows, in milliseconds since the Unix epoch. */
export async function readClock(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ now: number }>({
    name: 'read-clock',
    text: `SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now`,
  })
  if (rows[0] === undefined) throw new Error('the database told no time')
  return rows[0].now
}
