import process from 'node:process'
import type { Client } from 'pg'
import { type DataFolder, superuser } from './data-folder.ts'
import type { Postmaster } from './postmaster.ts'
import { EmbeddedFailure } from './problem.ts'

/** The right to use a folder's server: a connection that holds an advisory lock, which ends with this process however that ends. */
export interface Claim {
  release(): Promise<void>
}

export type ClaimOutcome =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** `isPassing`: by what is about to end the server because its Reckon has ended, or by what has just gone. */
  | { readonly kind: 'owned'; readonly by: string; readonly isPassing: boolean }

/** Who claims: a Reckon that uses the server, or the guardian of one that has ended. */
export type Claimant = 'reckon' | 'guardian'

export const database = 'reckon'

/** Any number that no other program locks in a database of its own. */
const lock = 0x7265636b

const names: Readonly<Record<Claimant, string>> = { reckon: 'reckon', guardian: 'reckon guardian' }

/** Claims the server for this process. `onLost` is called once if the connection ends by itself. */
export async function claimServer(
  postmaster: Postmaster,
  folder: DataFolder,
  claimant: Claimant,
  onLost: () => void = () => {},
): Promise<ClaimOutcome> {
  const client = await connect(postmaster, folder, claimant)
  const { rows } = await client.query<{ claimed: boolean }>('SELECT pg_try_advisory_lock($1) AS claimed', [lock])
  if (rows[0]?.claimed !== true) {
    const owner = await readOwner(client)
    await client.end()
    const isPassing = owner === undefined || owner.startsWith(names.guardian)
    return { kind: 'owned', by: `another ${owner ?? names.reckon}`, isPassing }
  }
  if (claimant === 'reckon') await createDatabase(client)
  client.once('end', onLost)
  const release = async () => {
    client.off('end', onLost)
    await client.end().catch(() => {})
  }
  return { kind: 'claimed', claim: { release } }
}

async function connect(postmaster: Postmaster, folder: DataFolder, claimant: Claimant): Promise<Client> {
  // When it is needed: the guardian starts with every server, and next to none ever claims.
  const { Client } = (await import('pg')).default
  const client = new Client({
    host: '127.0.0.1',
    port: postmaster.port,
    user: superuser,
    password: folder.password,
    database: 'postgres',
    application_name: `${names[claimant]} (process ${process.pid})`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  // An 'error' without a listener would end the process; 'end' follows it and says all.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
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

/** What a server's end looks like from a connection: refused, reset, or told by PostgreSQL that it starts or stops. */
const droppedCodes: ReadonlySet<string | undefined> = new Set(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03'])

/** Whether a claim failed because its server is about to end, or has not quite begun. */
export function isDropped(error: unknown): boolean {
  const cause = error instanceof EmbeddedFailure ? error.cause : error
  if (!(cause instanceof Error)) return false
  return droppedCodes.has((cause as { code?: string }).code) || /Connection terminated/.test(cause.message)
}

async function readOwner(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT activity.application_name AS name
       FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND objid = $1`,
    [lock],
  )
  return rows[0]?.name
}

async function createDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`)
}
