import { Batcher } from '../../store/batcher.ts'
import type { Database } from '../../store/database.ts'
import { countResults } from '../../store/expressions/count-results.ts'
import { loadExpressions, type ExpressionRow } from '../../store/expressions/load-expressions.ts'
import type { LiveState } from '../live-state.ts'

/** A row, and how many of its results are in the log. */
export type ExpressionView = ExpressionRow & { readonly succeeded: number }

/** Field by field: to spread rows was almost 2 % of all that a busy server executes. */
export const viewExpression = (row: ExpressionRow, succeeded: number): ExpressionView => ({
  id: row.id,
  ownerId: row.ownerId,
  requestId: row.requestId,
  source: row.source,
  regrouped: row.regrouped,
  operationCount: row.operationCount,
  status: row.status,
  result: row.result,
  failure: row.failure,
  completedTasks: row.completedTasks,
  createdAt: row.createdAt,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
  purgedAt: row.purgedAt,
  version: row.version,
  epoch: row.epoch,
  retryEpoch: row.retryEpoch,
  replicaId: row.replicaId,
  succeeded,
})

/** What it takes to count an expression's results; a view has them counted. */
type Countable = Pick<ExpressionRow, 'id' | 'status' | 'completedTasks'> & { readonly succeeded?: number }

/** More results than an expression can have. */
const resultsPerVersion = 2 ** 32

export interface ExpressionReader {
  /** Rows with how many results each has; they are counted together. */
  view(rows: readonly ExpressionRow[]): Promise<ExpressionView[]>
  /** That of its row, then how many results are in its log: it rises with both. */
  version(row: Countable & Pick<ExpressionRow, 'version'>): Promise<number>
  versionOf(view: ExpressionView): number
  /** One of them; asked for many at once it is one query. Null where there is none. */
  one(id: string): Promise<ExpressionView | null>
  /** How many results of an expression are in the log; asked for many at once it is one query. */
  succeeded(row: Countable): Promise<number> | number
}

export function createExpressionReader({ reads: pool }: Database, state: LiveState): ExpressionReader {
  const counts = new Batcher<string, number>(async (ids) => {
    const results = await countResults(pool, ids)
    return ids.map((id) => results.get(id) ?? 0)
  })
  const succeeded: ExpressionReader['succeeded'] = ({ id, status, completedTasks, succeeded: known }) => {
    if (known !== undefined) return known
    // One that waits has results only where it was retried, and then its row tells how many.
    if (status !== 'RUNNING') return completedTasks
    return state.succeededOf(id) ?? counts.add(id)
  }
  const view = async (rows: readonly ExpressionRow[]) => {
    const counts = await whenAllAreThere(rows.map(succeeded))
    return rows.map((row, place) => viewExpression(row, counts[place] ?? 0))
  }
  const reads = new Batcher<string, ExpressionView | null>(async (ids) => {
    const views = await view(await loadExpressions(pool, ids))
    const found = new Map(views.map((expression) => [expression.id, expression]))
    return ids.map((id) => found.get(id) ?? null)
  })
  return {
    succeeded,
    version: async (row) => row.version * resultsPerVersion + (await succeeded(row)),
    versionOf: (view) => view.version * resultsPerVersion + view.succeeded,
    view,
    one: (id) => reads.add(id),
  }
}

/** Without a promise for each of those that are: most are. */
const whenAllAreThere = (values: readonly (number | Promise<number>)[]): readonly number[] | Promise<number[]> =>
  values.every((value) => typeof value === 'number')
    ? values
    : Promise.all(values.map((value) => Promise.resolve(value)))
