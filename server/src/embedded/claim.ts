import process from 'node:process'
import pg from 'pg'
import { type DataFolder, superuser } from './data-folder.ts'
import type { Postmaster } from './postmaster.ts'
import { EmbeddedFailure } from './problem.ts'

/** The right to use a folder's server: a connection that holds an advisory lock, which ends with this process however that ends. */
export interface Claim {
  release(): Promise<void>
}

export const database = 'reckon'

/** Any number that no other program locks in a database of its own. */
const lock = 0x7265636b

const description = (pid: number) => `reckon (process ${pid})`

/** Claims the server for this process and makes sure that its database exists. `onLost` is called once if the connection ends by itself. */
export async function claimServer(postmaster: Postmaster, folder: DataFolder, onLost: () => void): Promise<Claim> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: postmaster.port,
    user: superuser,
    password: folder.password,
    database: 'postgres',
    application_name: description(process.pid),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  // An 'error' without a listener would end the process; 'end' follows it and says all.
  client.on('error', () => {})
  await connect(client, postmaster, folder)
  const { rows } = await client.query<{ claimed: boolean }>('SELECT pg_try_advisory_lock($1) AS claimed', [lock])
  if (rows[0]?.claimed !== true) {
    const by = await readOwner(client)
    await client.end()
    throw new EmbeddedFailure({ kind: 'in-use', directory: folder.directory, by })
  }
  await createDatabase(client)
  client.once('end', onLost)
  return {
    async release() {
      client.off('end', onLost)
      await client.end().catch(() => {})
    },
  }
}

async function connect(client: pg.Client, postmaster: Postmaster, folder: DataFolder): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    const isPasswordWrong = (error as { code?: string }).code === '28P01'
    throw new EmbeddedFailure(
      isPasswordWrong
        ? { kind: 'damaged', directory: folder.directory, reason: 'its password file does not fit its data' }
        : {
            kind: 'in-use',
            directory: folder.directory,
            by: `a PostgreSQL (process ${postmaster.pid}) that does not answer: ${String(error)}`,
          },
      error,
    )
  }
}

async function readOwner(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT activity.application_name AS name
       FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND objid = $1`,
    [lock],
  )
  return `another ${rows[0]?.name ?? 'reckon'}`
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`)
}
