import type { Pool } from 'pg'
import type { OperationName } from '../../domain/operation.ts'

export interface DurationChange {
  readonly name: OperationName
  readonly beforeMs: number
  readonly afterMs: number
}

/** Sets durations in one statement, so all or none. No operation may stand twice. Returns those that are not what they were, by name. */
export async function updateDurations(
  pool: Pool,
  durations: readonly { readonly name: OperationName; readonly durationMs: number }[],
): Promise<DurationChange[]> {
  const { rows } = await pool.query<DurationChange>({
    name: 'update-durations',
    text: `
      WITH before AS (
        SELECT name, duration_ms FROM operation WHERE name = ANY($1::text[]) ORDER BY name FOR UPDATE
      ), updated AS (
        UPDATE operation SET duration_ms = new.duration_ms, updated_at = now(), version = version + 1
          FROM unnest($1::text[], $2::int[]) AS new (name, duration_ms)
          JOIN before USING (name)
         WHERE operation.name = new.name
        RETURNING operation.name, before.duration_ms AS "beforeMs", operation.duration_ms AS "afterMs"
      )
      SELECT * FROM updated WHERE "beforeMs" <> "afterMs" ORDER BY name`,
    values: [durations.map(({ name }) => name), durations.map(({ durationMs }) => durationMs)],
  })
  return rows
}
