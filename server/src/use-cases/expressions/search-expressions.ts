import { invalidInput, rateLimited, type InvalidInputError, type RateLimitedError } from '../../domain/failure.ts'
import { searchExpressions as search, type Found, type Search } from '../../store/expressions/search-expressions.ts'
import type { Services } from '../services.ts'

/** The longer a text, the longer the worst one takes to look for. */
const maxCharacters = 100

/** By then a search that began has ended. */
const retryAfterSeconds = 5

const nothing: Found = { ids: [], stoppedAt: null }

/** Looks for a user's expressions: one search of a user at a time, also of those that one request asks for. */
export async function searchExpressions(
  { database }: Services,
  wanted: Search,
): Promise<Found | InvalidInputError | RateLimitedError> {
  const { contains, ownerId, statuses } = wanted
  if (contains !== null && contains.length > maxCharacters)
    return invalidInput([{ path: 'filter.sourceContains', message: `must have at most ${maxCharacters} characters` }])
  // PostgreSQL's text takes no NUL, so no source contains one.
  if (contains?.includes('\0') === true || statuses?.length === 0) return nothing
  const { pool, byUser, maxOfUser } = database.searches
  if (byUser.sizeOf(ownerId) >= maxOfUser) return rateLimited(retryAfterSeconds)
  return byUser.run(ownerId, () => search(pool, wanted))
}
