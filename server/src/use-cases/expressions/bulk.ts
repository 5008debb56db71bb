import { validate as isUuid } from 'uuid'
import type { ErrorCode } from '../../domain/error-codes/error-codes.ts'
import type { Actor } from '../../domain/actor.ts'
import {
  invalidInput,
  notFound,
  rateLimited,
  type Failure,
  type InvalidInputError,
  type RateLimitedError,
} from '../../domain/failure.ts'
import type { ExpressionFilter } from '../../store/expressions/expression-filter.ts'
import type { BulkRow } from '../../store/expressions/find-for-bulk.ts'
import type { Place } from '../../store/expressions/search-expressions.ts'
import type { Services } from '../services.ts'
import type { BulkAction } from './bulk-actions.ts'
import { visibleOf, type Answers } from './bulk-answers.ts'
import {
  filterOf,
  isHopeless,
  listExpressions,
  type FilterRefusal,
  type WantedExpressions,
} from './list-expressions.ts'

/** Which expressions: by their ids, or all that a filter leaves, as many as one call takes. */
export type BulkSelection =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'filter'; readonly wanted: WantedExpressions; readonly from: Place | null }

export interface BulkRefusal {
  readonly id: string
  readonly code: ErrorCode
  readonly message: string
}

export interface BulkOutcome {
  readonly done: readonly string[]
  readonly refused: readonly BulkRefusal[]
  /** What is left, by a filter: from where on; null where nothing is. */
  readonly rest: { readonly filter: ExpressionFilter; readonly from: Place } | null
}

/** What one call changes. */
export const maxOfCall = 500

/** Operations that one statement may be about, unless its first expression has more: so many results are counted, and plans moved. */
const maxOperations = 20_000

const retryAfterSeconds = 5

/** Does something to many expressions, a bounded number a call, and says of each what became of it. A user's calls go one after the other. */
export async function changeMany(
  services: Services,
  actor: Actor,
  action: BulkAction,
  selection: BulkSelection,
): Promise<BulkOutcome | FilterRefusal | RateLimitedError> {
  const { byUser, maxOfUser, ofAll } = services.database.bulk
  const client = actor.kind === 'user' ? actor.userId : ''
  const refusal = services.processor.refusal(client)
  if (refusal) return refusal
  if (byUser.sizeOf(client) >= maxOfUser) return rateLimited(retryAfterSeconds)
  return byUser.run(client, async () => {
    const selected = await select(services, actor, action, selection)
    if ('kind' in selected) return selected
    const changed = await ofAll.run(() => changeAll(services, actor, action, selected.ids))
    return { ...changed, rest: selected.rest }
  })
}

type Selected = { readonly ids: readonly string[]; readonly rest: BulkOutcome['rest'] }

async function select(
  services: Services,
  actor: Actor,
  { statuses }: BulkAction,
  selection: BulkSelection,
): Promise<Selected | FilterRefusal | RateLimitedError> {
  if (selection.kind === 'ids') return checkedIds(selection.ids)
  const wanted = await filterOf(services, actor, selection.wanted)
  if (wanted.kind !== 'filter') return wanted
  const { filter: asked } = wanted
  // What cannot be changed is not looked at: it would be refused one by one.
  const filter = {
    ...asked,
    statuses: asked.statuses?.filter((status) => statuses?.includes(status) ?? true) ?? statuses,
  }
  if (isHopeless(filter)) return { ids: [], rest: null }
  const found = await listExpressions(services, actor, {
    ...{ filter, order: 'SUBMITTED', direction: 'DESC', from: selection.from },
    limit: maxOfCall,
  })
  if ('kind' in found) return found
  const from = found.stoppedAt ?? (found.places.length === maxOfCall ? found.places.at(-1) : undefined)
  return { ids: found.places.map(({ id }) => id), rest: from ? { filter, from } : null }
}

function checkedIds(ids: readonly string[]): Selected | InvalidInputError {
  if (ids.length > maxOfCall) return invalidInput([{ path: 'ids', message: `must have at most ${maxOfCall} entries` }])
  return { ids: [...new Set(ids)], rest: null }
}

async function changeAll(services: Services, actor: Actor, action: BulkAction, ids: readonly string[]) {
  const said = new Map<string, Failure | null>()
  const client = actor.kind === 'user' ? actor.userId : ''
  const tell = async (answers: Answers) => {
    for (const [id, answer] of answers) said.set(id, await services.processor.run(client, answer))
  }
  const known = ids.filter(isUuid)
  const allowed = await visibleOf(services, actor, await action.find(services.database.pool, known))
  for (const some of inStatements(allowed)) await tell(await action.change(services, actor, some))
  const rest = known.filter((id) => !said.has(id))
  if (rest.length > 0) await tell(await action.explain(services, actor, rest))
  const done: string[] = []
  const refused: BulkRefusal[] = []
  for (const id of ids) {
    // What is left somebody else was writing: one by one it can be waited for.
    const refusal = said.has(id) ? said.get(id) : await (isUuid(id) ? action.one(services, actor, id) : noExpression)
    if (refusal) refused.push({ id, code: refusal.code, message: refusal.message })
    else done.push(id)
  }
  return { done, refused }
}

const noExpression = notFound('expression')

function* inStatements(rows: readonly BulkRow[]): Generator<readonly string[]> {
  let ids: string[] = []
  let operations = 0
  for (const { id, operationCount } of rows) {
    if (ids.length > 0 && operations + operationCount > maxOperations) {
      yield ids
      ids = []
      operations = 0
    }
    ids.push(id)
    operations += operationCount
  }
  if (ids.length > 0) yield ids
}
