import type { ClientBase } from 'pg'
import type { Migration } from './migrations.ts'

/** A row of Prisma's own table. */
export interface HistoryEntry {
  readonly name: string
  readonly checksum: string
  readonly state: 'applied' | 'unfinished' | 'rolled-back'
  readonly logs: string | null
}

/** Makes the table as Prisma does, so that its command line reads what stands there. Under the lock: two at once would collide. */
export async function createHistory(client: ClientBase): Promise<void> {
  // Even where it is there, to make it takes rights that a role need not have when another migrates.
  const { rows } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there",
  )
  if (rows[0]?.there === true) return
  await client.query(`
    CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id                  VARCHAR(36) PRIMARY KEY NOT NULL,
      checksum            VARCHAR(64) NOT NULL,
      finished_at         TIMESTAMPTZ,
      migration_name      VARCHAR(255) NOT NULL,
      logs                TEXT,
      rolled_back_at      TIMESTAMPTZ,
      started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
      applied_steps_count INTEGER NOT NULL DEFAULT 0
    )`)
}

export async function readHistory(client: ClientBase): Promise<readonly HistoryEntry[]> {
  const { rows } = await client.query<HistoryEntry>(`
    SELECT migration_name AS name, checksum, logs,
           CASE WHEN rolled_back_at IS NOT NULL THEN 'rolled-back'
                WHEN finished_at IS NULL THEN 'unfinished'
                ELSE 'applied' END AS state
      FROM _prisma_migrations ORDER BY started_at`)
  return rows
}

/**
 * Applies one migration and records it, both or neither. Prisma records the start first and apart, because not every
 * database can roll back a change of its schema; PostgreSQL can, so here a start that is killed or a disk that is full
 * leaves nothing that somebody would have to resolve by hand. (A file with a COMMIT of its own gives that up from there on,
 * and is then seen as unfinished.)
 */
export async function applyMigration(client: ClientBase, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at)
       VALUES (gen_random_uuid()::text, $1, $2, clock_timestamp()) RETURNING id`,
      [migration.checksum, migration.name],
    )
    await client.query(migration.sql)
    await client.query(
      'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1',
      [rows[0]?.id],
    )
    await client.query('COMMIT')
  } catch (error) {
    // Fails too where the connection is gone; the server has rolled back by itself then.
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}
