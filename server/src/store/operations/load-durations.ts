import type { Pool } from 'pg'
import type { OperationDurations, OperationName } from '../../domain/operation.ts'

/** How long each operation takes at present, in milliseconds. */
export async function loadDurations(pool: Pool): Promise<OperationDurations> {
  const { rows } = await pool.query<{ name: OperationName; durationMs: number }>({
    name: 'load-durations',
    text: `SELECT name, duration_ms AS "durationMs" FROM operation`,
  })
  return new Map(rows.map(({ name, durationMs }) => [name, durationMs]))
}
