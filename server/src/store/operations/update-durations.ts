import type { Pool } from 'pg'
import type { OperationName } from '../../domain/operation.ts'

/** Sets durations in one statement, so all or none. No operation may stand twice. */
export async function updateDurations(
  pool: Pool,
  durations: readonly { readonly name: OperationName; readonly durationMs: number }[],
): Promise<void> {
  await pool.query({
    name: 'update-durations',
    text: `
      UPDATE operation SET duration_ms = new.duration_ms, updated_at = now(), version = version + 1
        FROM unnest($1::text[], $2::int[]) AS new (name, duration_ms)
       WHERE operation.name = new.name`,
    values: [durations.map(({ name }) => name), durations.map(({ durationMs }) => durationMs)],
  })
}
