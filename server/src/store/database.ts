import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'
import type { DatabaseAddress } from './connection/address.ts'
import { lanesOf } from './connection/lanes.ts'
import { quoted } from './connection/look.ts'
import { Serial, SerialByKey } from './serial.ts'

/**
 * One database in several lanes, each with connections of its own, so that whoever keeps those of one lane busy keeps nobody waiting in
 * another. See docs/decisions/0017.
 */
export interface Database {
  /** For the scheduler and for what is submitted. */
  readonly pool: pg.Pool
  /** For accounts, and for what clients ask for by key. Cut off when it takes long. */
  readonly prisma: PrismaClient
  /** What `prisma` has of connections. */
  readonly clients: pg.Pool
  /** For what watchers and readers are shown. Cut off when it takes long. */
  readonly reads: pg.Pool
  /** For what looks through many rows: of each user one at a time, and cut off soon. */
  readonly searches: Lane
  /** What changes many rows goes one at a time, of all users, on `pool`; a user with a lot of it waits behind the others each time. */
  readonly bulk: Pick<Lane, 'byUser' | 'maxOfUser'> & { readonly ofAll: Serial }
  /** For migrations, which take as long as they take. Has no connection at any other time. */
  readonly migrations: pg.Pool
  close(): Promise<void>
}

export interface Lane {
  readonly pool: pg.Pool
  readonly byUser: SerialByKey
  /** How many of one user may be asked for and not done. */
  readonly maxOfUser: number
}

export interface DatabaseOptions {
  /** Shown in pg_stat_activity. */
  readonly applicationName: string
  /** The most that a replica may have at once: of all lanes together, and the bridge's. */
  readonly connections: number
  /** Of the tables. */
  readonly schema?: string
  /** Takes the error of an idle connection that broke. The next query opens another. */
  readonly onIdleError: (error: Error) => void
}

/** How long a connection may take to open, or a caller waits for a free one: the scheduler has more patience than a client. */
const connectTimeoutMs = 10_000
const clientConnectTimeoutMs = 5_000

/** How long a statement may take that a client waits for. */
const clientTimeoutMs = 5_000
const searchTimeoutMs = 2_000

/**
 * How long the answer to a statement is waited for beyond what the statement may take: over a connection that has gone silent none would come before
 * TCP gives it up, a quarter of an hour later.
 */
const answerMarginMs = 1_000
/** The same for what has no limit at the server. What writes most takes tens of milliseconds, and each statement may be sent again. */
const workTimeoutMs = 15_000

/** How many searches of one user may be asked for: as many as one request may have aliases, and one. */
const maxSearchesOfUser = 31

/** Opens nothing yet: connections are made as queries need them. See `lookAtDatabase` for a first one. */
export function openDatabase({ connection }: Pick<DatabaseAddress, 'connection'>, options: DatabaseOptions): Database {
  let isClosing = false
  const { schema } = options
  const openPool = (max: number, connectTimeoutMs: number, statementTimeoutMs: number, answerTimeoutMs: number) => {
    // By statements and not as the connection is made: PgBouncer refuses what it does not know then.
    const settings = [
      ...(schema === undefined ? [] : [`SET search_path TO ${quoted(schema)}`]),
      ...(statementTimeoutMs === 0 ? [] : [`SET statement_timeout TO ${statementTimeoutMs}`]),
    ].join(';')
    // The pool waits for its promise.
    const onConnect = (client: pg.ClientBase): unknown => client.query(settings)
    const pool = new pg.Pool({
      ...connection,
      max,
      application_name: options.applicationName,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: answerTimeoutMs,
      keepAlive: true,
      types: { getTypeParser },
      ...(settings === '' ? {} : { onConnect }),
    })
    // Without a listener it would end the process.
    pool.on('error', (error) => {
      if (!isClosing) options.onIdleError(error)
    })
    return pool
  }
  const lanes = lanesOf(options.connections)
  const openForClients = (max: number, timeoutMs: number) =>
    openPool(max, clientConnectTimeoutMs, timeoutMs, timeoutMs + answerMarginMs)
  const pool = openPool(lanes.work, connectTimeoutMs, 0, workTimeoutMs)
  const migrations = openPool(1, connectTimeoutMs, 0, 0)
  const clientPool = openForClients(lanes.clients, clientTimeoutMs)
  const reads = openForClients(lanes.reads, clientTimeoutMs)
  const searchPool = openForClients(lanes.searches, searchTimeoutMs)
  const prisma = new PrismaClient({ adapter: new PrismaPg(clientPool, schema === undefined ? {} : { schema }) })
  return {
    pool,
    migrations,
    prisma,
    clients: clientPool,
    reads,
    searches: { pool: searchPool, byUser: new SerialByKey(), maxOfUser: maxSearchesOfUser },
    bulk: { byUser: new SerialByKey(), maxOfUser: maxSearchesOfUser, ofAll: new Serial() },
    async close() {
      isClosing = true
      await prisma.$disconnect()
      await Promise.all([pool, migrations, clientPool, reads, searchPool].map((one) => one.end()))
    },
  }
}

/** Reads `int8` (counts, versions, times) as numbers; pg gives text. None comes near 2^53, and one that did would be a bug. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (type, format) =>
  type === pg.types.builtins.INT8 && format !== 'binary' ? parseSafeInteger : pg.types.getTypeParser(type, format)

function parseSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number exactly`)
  return value
}
