import pg from 'pg'
import { databaseTroubleOf } from '../database-trouble.ts'
import type { DatabaseAddress, Tls } from './address.ts'
import { adviceFor } from './advice.ts'
import { isPooledByTransaction } from './pooling.ts'

/** What a server has to know of its database before it opens its lanes. */
export interface DatabaseSight {
  readonly kind: 'seen'
  readonly address: DatabaseAddress
  /** Where the tables are, or are to be. */
  readonly schema: string
  /** For the log. */
  readonly summary: Readonly<Record<'host' | 'database' | 'schema', string>> & {
    readonly port: number
    readonly tls: Tls
  }
}

/** Why the database cannot be used. Holds no password. */
export type DatabaseProblem =
  | {
      readonly kind: 'unreachable'
      readonly host: string
      readonly port: number
      readonly database: string
      readonly reason: string
      /** What to do about it. */
      readonly advice: string
    }
  /** Somewhere on the way PgBouncer, or the like, gives each transaction another session. */
  | { readonly kind: 'pooled-by-transaction'; readonly host: string; readonly port: number }
  /** Neither the address nor the role's settings name a schema that is there. */
  | { readonly kind: 'no-schema'; readonly schema: string | null; readonly database: string; readonly role: string }
  | { readonly kind: 'no-rights'; readonly schema: string; readonly database: string; readonly role: string }
  /** Of this role, this database or the whole server. */
  | { readonly kind: 'too-few-connections'; readonly allowed: number; readonly role: string; readonly wanted: number }

export type LookOutcome = DatabaseSight | DatabaseProblem

const timeoutMs = 10_000

/** Goes there once, and looks. See docs/decisions/0038. */
export async function lookAtDatabase(address: DatabaseAddress, connections: number): Promise<LookOutcome> {
  const client = new pg.Client({
    ...address.connection,
    application_name: 'reckon start',
    connectionTimeoutMillis: timeoutMs,
  })
  // What breaks is told by the query that is under way.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    if (address.mayGoPlain && isTlsMissing(error)) return lookAtDatabase(withoutTls(address), connections)
    return unreachable(client, error)
  }
  try {
    return await look(client, address, connections)
  } catch (error) {
    if (databaseTroubleOf(error) === null) throw error
    return unreachable(client, error)
  } finally {
    await client.end().catch(() => {})
  }
}

const isTlsMissing = (error: unknown) => error instanceof Error && /does not support SSL/.test(error.message)

const withoutTls = (address: DatabaseAddress): DatabaseAddress => ({
  ...address,
  connection: { ...address.connection, ssl: false },
  tls: 'none',
  mayGoPlain: false,
})

async function look(client: pg.Client, address: DatabaseAddress, wanted: number): Promise<LookOutcome> {
  const { host, port } = client
  if (await isPooledByTransaction(client, address)) return { kind: 'pooled-by-transaction', host, port }
  if (address.schema !== null)
    await client.query("SELECT set_config('search_path', $1, false)", [quoted(address.schema)])
  const { rows } = await client.query<Facts>(`
    SELECT current_database() AS database, current_user AS role, current_schema() AS schema,
           coalesce(has_schema_privilege(current_schema(), 'USAGE'), false) AS "mayUse",
           coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
           to_regclass('_prisma_migrations') IS NOT NULL AS "hasTables",
           (SELECT least(nullif(CASE WHEN rolsuper THEN -1 ELSE rolconnlimit END, -1), nullif(datconnlimit, -1),
                         current_setting('max_connections')::int)
              FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()) AS allowed`)
  const { database, role, schema, mayUse, mayCreate, hasTables, allowed } = rows[0] as Facts
  if (schema === null) return { kind: 'no-schema', schema: address.schema, database, role }
  // Where others have made the tables, their migrations tell what is lacking.
  if (!mayUse || (!mayCreate && !hasTables)) return { kind: 'no-rights', schema, database, role }
  if (allowed < wanted) return { kind: 'too-few-connections', allowed, role, wanted }
  return { kind: 'seen', address, schema, summary: { host, port, database, schema, tls: address.tls } }
}

interface Facts {
  readonly database: string
  readonly role: string
  readonly schema: string | null
  readonly mayUse: boolean
  readonly mayCreate: boolean
  readonly hasTables: boolean
  readonly allowed: number
}

/** As an identifier in a search path. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

function unreachable({ host, port, database }: pg.Client, error: unknown): DatabaseProblem {
  const reason = explain(error)
  return { kind: 'unreachable', host, port, database: database ?? '', reason, advice: adviceFor(error, reason) }
}

function explain(error: unknown): string {
  // One error for each address that a name has; their common message is empty.
  if (error instanceof AggregateError && error.errors.length > 0) return explain(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
