import type { Pool } from 'pg'
import type { OperationKind } from '../../domain/operation.ts'

/** Sets durations in one statement, so all or none. No kind may stand twice. */
export async function updateDurations(
  pool: Pool,
  durations: readonly { readonly kind: OperationKind; readonly durationMs: number }[],
): Promise<void> {
  await pool.query({
    name: 'update-durations',
    text: `
      UPDATE operation SET duration_ms = new.duration_ms, updated_at = now(), version = version + 1
        FROM unnest($1::operation_kind[], $2::int[]) AS new (kind, duration_ms)
       WHERE operation.kind = new.kind`,
    values: [durations.map(({ kind }) => kind), durations.map(({ durationMs }) => durationMs)],
  })
}
