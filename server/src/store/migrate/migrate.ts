import pg from 'pg'
import { applyMigration, createHistory, readHistory, type HistoryEntry } from './history.ts'
import { readMigrations, type Migration } from './migrations.ts'

/** How bringing a database up to date ended. Only `migrated` lets a server start. */
export type MigrationOutcome =
  | {
      readonly kind: 'migrated'
      /** What was applied just now; nothing where another replica was quicker. */
      readonly applied: readonly string[]
      /** What the database has and the folder lacks: a newer server has migrated it. */
      readonly newer: readonly string[]
    }
  /** It has what the folder lacks, and this server was not told to make do with that. Nothing was applied. */
  | { readonly kind: 'newer'; readonly migrations: readonly string[] }
  /** The file is no longer what was applied. */
  | { readonly kind: 'edited'; readonly migration: string }
  /** An earlier run, of Prisma's or of a file with its own COMMIT, began it and did not finish. */
  | { readonly kind: 'unfinished'; readonly migration: string; readonly logs: string | null }
  /** Its SQL failed; the database is as it was before it. */
  | {
      readonly kind: 'failed'
      readonly migration: string
      readonly reason: string
      readonly applied: readonly string[]
    }

/** The advisory lock that `prisma migrate deploy` takes, so that the two never run at once. */
const lock = 72707369

/**
 * Applies what is missing of a folder of migrations, as `prisma migrate deploy` would. Any number of replicas may call it at
 * once: one applies, the others wait for it and find nothing to do.
 */
export async function migrate(
  pool: pg.Pool,
  directory: string,
  { allowNewer = false }: { readonly allowNewer?: boolean } = {},
): Promise<MigrationOutcome> {
  const migrations = await readMigrations(directory)
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lock])
    await createHistory(client)
    return await bringUpToDate(client, migrations, allowNewer)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lock]).catch(() => {})
    // Not back to the pool, but ended, with whatever a migration may have set for its session.
    client.release(true)
  }
}

async function bringUpToDate(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  allowNewer: boolean,
): Promise<MigrationOutcome> {
  const history = await readHistory(client)
  const refusal = findRefusal(history, migrations)
  if (refusal !== undefined) return refusal
  const known = new Set(history.filter((entry) => entry.state === 'applied').map((entry) => entry.name))
  const newer = [...known].filter((name) => !migrations.some((migration) => migration.name === name))
  if (newer.length > 0 && !allowNewer) return { kind: 'newer', migrations: newer }
  const applied: string[] = []
  for (const migration of migrations) {
    if (known.has(migration.name)) continue
    try {
      await applyMigration(client, migration)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error
      return { kind: 'failed', migration: migration.name, reason: error.message, applied }
    }
    applied.push(migration.name)
  }
  return { kind: 'migrated', applied, newer }
}

function findRefusal(history: readonly HistoryEntry[], migrations: readonly Migration[]): MigrationOutcome | undefined {
  const checksums = new Map(migrations.map((migration) => [migration.name, migration.checksum]))
  for (const entry of history) {
    if (entry.state === 'unfinished') return { kind: 'unfinished', migration: entry.name, logs: entry.logs }
    const checksum = checksums.get(entry.name)
    if (entry.state === 'applied' && checksum !== undefined && checksum !== entry.checksum)
      return { kind: 'edited', migration: entry.name }
  }
  return undefined
}

/** Says what happened, and where a server cannot start, what to do. */
export function describeMigration(outcome: MigrationOutcome): string {
  switch (outcome.kind) {
    case 'migrated':
      return outcome.applied.length === 0
        ? 'the database is up to date'
        : `applied ${outcome.applied.length === 1 ? 'migration' : 'migrations'} ${outcome.applied.join(', ')}`
    case 'newer':
      return `the database has migrations of a newer version: ${outcome.migrations.join(', ')}`
    case 'edited':
      return `migration ${outcome.migration} was edited after it was applied: restore its file, and write the change as a new migration`
    case 'unfinished':
      return `migration ${outcome.migration} began and did not finish: mend the database, then set finished_at or rolled_back_at of its row in _prisma_migrations${outcome.logs ? `\n${outcome.logs}` : ''}`
    case 'failed':
      return `migration ${outcome.migration} failed and was rolled back: ${outcome.reason}`
    default:
      return outcome satisfies never
  }
}
