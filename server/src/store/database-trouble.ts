/**
 * What keeps the database from doing what it was asked, though nothing is wrong with that: later it may.
 * - `away`: it cannot be reached, starts, stops, or broke the connection off; whether it did it is then not known
 * - `busy`: no connection was free, or it took too long
 * - `full`: its disk has no room
 * - `readOnly`: it only reads, as a standby or one that is being recovered does
 */
export type DatabaseTrouble = 'away' | 'busy' | 'full' | 'readOnly'

/** By SQLSTATE, the whole of it or its class. */
const bySqlState: Readonly<Record<string, DatabaseTrouble>> = {
  '08': 'away',
  '28': 'away',
  '3D': 'away',
  '40': 'busy',
  '53': 'busy',
  '57': 'away',
  '58': 'away',
  '25006': 'readOnly',
  '25P03': 'busy',
  '53100': 'full',
  '55P03': 'busy',
  '57014': 'busy',
}

/** By the code of an error of the system or of Prisma. */
const byCode: Readonly<Record<string, DatabaseTrouble>> = {
  ECONNABORTED: 'away',
  ECONNREFUSED: 'away',
  ECONNRESET: 'away',
  EAI_AGAIN: 'away',
  EHOSTDOWN: 'away',
  EHOSTUNREACH: 'away',
  ENETDOWN: 'away',
  ENETUNREACH: 'away',
  ENOTFOUND: 'away',
  EPIPE: 'away',
  ETIMEDOUT: 'away',
  P1000: 'away',
  P1001: 'away',
  P1002: 'away',
  P1003: 'away',
  P1008: 'away',
  P1010: 'away',
  P1011: 'away',
  P1017: 'away',
  P2024: 'busy',
  P2028: 'busy',
  P2034: 'busy',
  P2037: 'busy',
}

/** By the kind that Prisma's adapter gives what pg throws, where it keeps no code. */
const byKind: Readonly<Record<string, DatabaseTrouble>> = {
  ConnectionClosed: 'away',
  DatabaseNotReachable: 'away',
  SocketTimeout: 'away',
  TlsConnectionError: 'away',
  TooManyConnections: 'busy',
  TransactionWriteConflict: 'busy',
}

/** How the messages begin of errors that pg gives no code. */
const byMessage: readonly (readonly [string, DatabaseTrouble])[] = [
  ['timeout exceeded when trying to connect', 'busy'],
  ['Query read timeout', 'busy'],
  ['timeout expired', 'away'],
  ['Connection terminated', 'away'],
  ['Client has encountered a connection error', 'away'],
  ['Client was closed', 'away'],
  ['Cannot use a pool after calling end', 'away'],
  ['The server does not support SSL connections', 'away'],
  ['There was an error establishing an SSL connection', 'away'],
]

/** Errors in errors: graphql-js and Prisma wrap what pg threw, a name with several addresses has an error for each. */
const deepest = 6

/** Thrown in place of asking the database. */
export class DatabaseTroubleError extends Error {
  readonly trouble: DatabaseTrouble

  constructor(trouble: DatabaseTrouble, message: string) {
    super(message)
    this.trouble = trouble
  }
}

/** Null for an error that has another cause: the data, or a bug. */
export function databaseTroubleOf(error: unknown, depth = 0): DatabaseTrouble | null {
  if (error instanceof DatabaseTroubleError) return error.trouble
  if (typeof error !== 'object' || error === null || depth > deepest) return null
  const { code, originalCode, kind, message, cause, originalError, meta, errors } = error as Readonly<
    Record<string, unknown>
  >
  const inner = [originalError, cause, driverErrorOf(meta), ...(Array.isArray(errors) ? (errors as unknown[]) : [])]
  for (const one of inner) {
    const trouble = databaseTroubleOf(one, depth + 1)
    if (trouble !== null) return trouble
  }
  return ofCode(originalCode) ?? ofCode(code) ?? ofKind(kind) ?? ofMessage(message)
}

const driverErrorOf = (meta: unknown): unknown =>
  typeof meta === 'object' && meta !== null && 'driverAdapterError' in meta ? meta.driverAdapterError : undefined

function ofCode(code: unknown): DatabaseTrouble | undefined {
  if (typeof code !== 'string') return undefined
  return byCode[code] ?? (isSqlState(code) ? (bySqlState[code] ?? bySqlState[code.slice(0, 2)]) : undefined)
}

const ofKind = (kind: unknown): DatabaseTrouble | undefined => (typeof kind === 'string' ? byKind[kind] : undefined)

const ofMessage = (message: unknown): DatabaseTrouble | null =>
  typeof message === 'string' ? (byMessage.find(([beginning]) => message.startsWith(beginning))?.[1] ?? null) : null

/** Five characters, where those of Prisma are a P and four digits. */
const isSqlState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code) && !/^P[12]\d{3}$/.test(code)
