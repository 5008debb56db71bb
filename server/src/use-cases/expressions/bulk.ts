import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import {
  invalidInput,
  notFound,
  rateLimited,
  type InvalidInputError,
  type RateLimitedError,
} from '../../domain/failure.ts'
import type { ExpressionFilter } from '../../store/expressions/expression-filter.ts'
import { findForBulk, type BulkRow } from '../../store/expressions/find-for-bulk.ts'
import type { Place } from '../../store/expressions/search-expressions.ts'
import type { Services } from '../services.ts'
import { maySee } from './access.ts'
import type { BulkAction } from './bulk-actions.ts'
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
  readonly code: string
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
  const refused: BulkRefusal[] = []
  const rows = await findForBulk(services.database.pool, ids.filter(isUuid))
  const allowed = await allowedOf(services, actor, rows)
  const changed = new Set<string>()
  for (const some of inStatements(allowed)) {
    const { processor } = services
    const done = await action.change(services, actor, some)
    for (const id of done.ids) changed.add(id)
    processor.runNow(actor.kind === 'user' ? actor.userId : '', () => done.announce(services.announcer))
  }
  const done: string[] = []
  // The rest was not to be changed, or somebody else was writing it: one by one it is found out which.
  for (const id of ids) {
    const refusal = changed.has(id) ? null : isUuid(id) ? await action.one(services, actor, id) : notFound('expression')
    if (refusal === null) done.push(id)
    else refused.push({ id, code: refusal.code, message: refusal.message })
  }
  return { done, refused }
}

async function allowedOf(services: Services, actor: Actor, rows: readonly BulkRow[]): Promise<readonly BulkRow[]> {
  const owners = new Map<string, boolean>()
  for (const { ownerId } of rows) if (!owners.has(ownerId)) owners.set(ownerId, await maySee(services, actor, ownerId))
  return rows.filter(({ ownerId }) => owners.get(ownerId))
}

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
