import type { Pool } from 'pg'
import type { OperationDurations, OperationKind } from '../../domain/operation.ts'

/** How long each operation takes at present, in milliseconds. */
export async function loadDurations(pool: Pool): Promise<OperationDurations> {
  const { rows } = await pool.query<{ kind: OperationKind; durationMs: number }>({
    name: 'load-durations',
    text: `SELECT kind, duration_ms AS "durationMs" FROM operation`,
  })
  return Object.fromEntries(rows.map(({ kind, durationMs }) => [kind, durationMs])) as OperationDurations
}
