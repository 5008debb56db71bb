import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'
import { SerialByKey } from './serial.ts'

/**
 * One database in several lanes, each with connections of its own, so that whoever keeps those of one lane busy keeps nobody waiting in
 * another. See docs/decisions/0017.
 */
export interface Database {
  /** For the scheduler and for what is submitted. */
  readonly pool: pg.Pool
  /** For accounts, and for what clients ask for by key. Cut off when it takes long. */
  readonly prisma: PrismaClient
  /** For what watchers and readers are shown. Cut off when it takes long. */
  readonly reads: pg.Pool
  /** For what looks through many rows: of each user one at a time, and cut off soon. */
  readonly searches: Lane
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
  /** The most connections at once, of the pool and of Prisma each; reads have half of it, searches two. */
  readonly max: number
  /** Takes the error of an idle connection that broke. The next query opens another. */
  readonly onIdleError: (error: Error) => void
}

/** How long a connection may take to open, or a caller waits for a free one: the scheduler has more patience than a client. */
const connectTimeoutMs = 10_000
const clientConnectTimeoutMs = 5_000

/** How long a statement may take that a client waits for. */
const clientTimeoutMs = 5_000
const searchTimeoutMs = 2_000

/** Searches at a time, of all users, and of one how many may be asked for: as many as one request may have aliases, and one. */
const maxSearches = 2
const maxSearchesOfUser = 31

/** Opens nothing yet: connections are made as queries need them. See `reachDatabase` for a first one. */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  let isClosing = false
  const openPool = (settings: pg.PoolConfig) => {
    const pool = new pg.Pool({
      connectionString: url,
      application_name: options.applicationName,
      max: options.max,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      types: { getTypeParser },
      ...settings,
    })
    // Without a listener it would end the process.
    pool.on('error', (error) => {
      if (!isClosing) options.onIdleError(error)
    })
    return pool
  }
  const ofClients = { connectionTimeoutMillis: clientConnectTimeoutMs, statement_timeout: clientTimeoutMs }
  const pool = openPool({})
  const clientPool = openPool(ofClients)
  const reads = openPool({ ...ofClients, max: Math.ceil(options.max / 2) })
  const searchPool = openPool({ ...ofClients, max: maxSearches, statement_timeout: searchTimeoutMs })
  const prisma = new PrismaClient({ adapter: new PrismaPg(clientPool) })
  return {
    pool,
    prisma,
    reads,
    searches: { pool: searchPool, byUser: new SerialByKey(), maxOfUser: maxSearchesOfUser },
    async close() {
      isClosing = true
      await prisma.$disconnect()
      await Promise.all([pool, clientPool, reads, searchPool].map((one) => one.end()))
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

/** Why no connection can be had. Holds no password. */
export interface DatabaseUnreachable {
  readonly kind: 'unreachable'
  readonly host: string
  readonly port: number
  readonly database: string
  readonly reason: string
}

/** Makes one connection; tells why where none can be had. */
export async function reachDatabase(database: Database): Promise<DatabaseUnreachable | { readonly kind: 'reached' }> {
  try {
    const client = await database.pool.connect()
    client.release()
    return { kind: 'reached' }
  } catch (error) {
    const { host, port, database: name } = new pg.Client(database.pool.options)
    return { kind: 'unreachable', host, port, database: name ?? '', reason: explain(error) }
  }
}

function explain(error: unknown): string {
  // One error for each address that a name has; their common message is empty.
  if (error instanceof AggregateError && error.errors.length > 0) return explain(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
