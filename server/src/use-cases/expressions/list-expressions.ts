import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import {
  forbidden,
  invalidInput,
  rateLimited,
  unauthenticated,
  type ForbiddenError,
  type InvalidInputError,
  type RateLimitedError,
  type UnauthenticatedError,
} from '../../domain/failure.ts'
import { everythingOf, type ExpressionFilter, type MsRange } from '../../store/expressions/expression-filter.ts'
import {
  countExpressions,
  isDirect,
  searchExpressions,
  type Found,
  type Search,
} from '../../store/expressions/search-expressions.ts'
import type { Services } from '../services.ts'
import { maySee } from './access.ts'

/** What a client asks for; what is absent or null stands for any. */
export interface WantedExpressions {
  /** For admins; their own unless told. */
  readonly ownerId?: string | null | undefined
  readonly statuses?: ExpressionFilter['statuses'] | undefined
  readonly sourceContains?: string | null | undefined
  readonly submittedFrom?: Date | null | undefined
  readonly submittedBefore?: Date | null | undefined
  readonly finishedFrom?: Date | null | undefined
  readonly finishedBefore?: Date | null | undefined
  readonly minDurationMs?: number | null | undefined
  readonly maxDurationMs?: number | null | undefined
}

export type FilterRefusal = InvalidInputError | ForbiddenError | UnauthenticatedError

/** The longer a text, the longer the worst one takes to look for. */
const maxCharacters = 100

/** By then a search that began has ended. */
const retryAfterSeconds = 5

/** More is not counted. */
export const maxCount = 10_000

/** Checks what a client asks for, and whether the actor may. */
export async function filterOf(
  services: Services,
  actor: Actor,
  wanted: WantedExpressions,
): Promise<{ readonly kind: 'filter'; readonly filter: ExpressionFilter } | FilterRefusal> {
  if (actor.kind !== 'user') return unauthenticated
  const ownerId = wanted.ownerId ?? actor.userId
  if (!isUuid(ownerId) || !(await maySee(services, actor, ownerId)))
    return forbidden('Only an admin may ask for what others have submitted.')
  const contains = wanted.sourceContains || null
  if (contains !== null && contains.length > maxCharacters)
    return invalidInput([{ path: 'filter.sourceContains', message: `must have at most ${maxCharacters} characters` }])
  const durationMs = { min: wanted.minDurationMs ?? null, max: wanted.maxDurationMs ?? null }
  const negative = (['min', 'max'] as const).find((bound) => (durationMs[bound] ?? 0) < 0)
  if (negative) return invalidInput([{ path: `filter.${negative}DurationMs`, message: 'must be at least 0' }])
  return {
    kind: 'filter',
    filter: {
      ...{ ...everythingOf(ownerId), contains, durationMs, statuses: wanted.statuses ?? null },
      submitted: { from: wanted.submittedFrom ?? null, before: wanted.submittedBefore ?? null },
      finished: { from: wanted.finishedFrom ?? null, before: wanted.finishedBefore ?? null },
    },
  }
}

/** Whether nothing can be found, whatever there is: PostgreSQL's text takes no NUL, so no source contains one. */
export const isHopeless = ({ contains, statuses, durationMs }: ExpressionFilter): boolean =>
  contains?.includes('\0') === true || statuses?.length === 0 || isEmpty(durationMs)

const isEmpty = ({ min, max }: MsRange): boolean => min !== null && max !== null && min > max

/** Where expressions stand that a filter leaves, in an order. */
export async function listExpressions(
  services: Services,
  actor: Actor,
  search: Search,
): Promise<Found | RateLimitedError> {
  if (isHopeless(search.filter)) return { places: [], stoppedAt: null }
  return inLane(services, actor, search, (pool) => searchExpressions(pool, search))
}

/** How many a filter leaves, as far as that is cheap to tell. */
export async function countListed(
  services: Services,
  actor: Actor,
  search: Pick<Search, 'filter' | 'order' | 'direction' | 'from'>,
): Promise<{ readonly count: number; readonly isAll: boolean } | RateLimitedError> {
  if (isHopeless(search.filter)) return { count: 0, isAll: true }
  return inLane(services, actor, search, (pool) => countExpressions(pool, { ...search, limit: maxCount }))
}

/** What looks through many rows goes one at a time for each user, also of those that one request asks for. */
async function inLane<Result>(
  { database }: Services,
  actor: Actor,
  search: Pick<Search, 'filter' | 'order'>,
  run: (pool: Services['database']['pool']) => Promise<Result>,
): Promise<Result | RateLimitedError> {
  if (isDirect(search)) return run(database.reads)
  const { pool, byUser, maxOfUser } = database.searches
  const key = actor.kind === 'user' ? actor.userId : search.filter.ownerId
  if (byUser.sizeOf(key) >= maxOfUser) return rateLimited(retryAfterSeconds)
  return byUser.run(key, () => run(pool))
}
