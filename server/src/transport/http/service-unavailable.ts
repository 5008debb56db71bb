import { GraphQLError, type GraphQLErrorOptions } from 'graphql'
import type { DatabaseTrouble } from '../../store/database-trouble.ts'
import type { ErrorCode } from '../../domain/error-codes/error-codes.ts'

/** What a client reads in `extensions.code`: nothing was wrong with what it asked, and it may ask again. */
const code: ErrorCode = 'SERVICE_UNAVAILABLE'

interface Advice {
  readonly reason: string
  /** When to ask again. A database that is started anew takes a second or two; who makes room on a disk takes longer. */
  readonly retryAfterSeconds: number
}

const advice: Readonly<Record<DatabaseTrouble, Advice>> = {
  away: { reason: 'The database cannot be reached right now.', retryAfterSeconds: 2 },
  busy: { reason: 'The database is too busy to do this in time.', retryAfterSeconds: 5 },
  full: { reason: 'The database has no room left on its disk and stores nothing new.', retryAfterSeconds: 30 },
  readOnly: { reason: 'The database can only be read right now and stores nothing new.', retryAfterSeconds: 10 },
}

/** What is answered where the database fails, whatever the protocol. */
export function unavailability(trouble: DatabaseTrouble) {
  const { reason, retryAfterSeconds } = advice[trouble]
  const message = `${reason} Send the request again in ${retryAfterSeconds} seconds: with the same requestId an expression is taken in once, however often it is sent.`
  return { code, message, retryAfterSeconds }
}

/** For GraphQL over both transports: over HTTP its answer has status 503 and says when to come back. */
export function serviceUnavailable(
  trouble: DatabaseTrouble,
  options: Pick<GraphQLErrorOptions, 'nodes' | 'path'> = {},
): GraphQLError {
  const { message, retryAfterSeconds } = unavailability(trouble)
  const http = { status: 503, headers: { 'Retry-After': String(retryAfterSeconds) } }
  return new GraphQLError(message, { ...options, extensions: { code, retryAfterSeconds, http } })
}
