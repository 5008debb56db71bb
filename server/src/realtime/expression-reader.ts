import type { Expression } from '../generated/prisma/client.ts'
import { Batcher } from '../store/batcher.ts'
import type { Database } from '../store/database.ts'
import { countResults } from '../store/expressions/count-results.ts'
import type { LiveState } from './live-state.ts'

/** An expression's row without its plan, which can be large. */
export type ExpressionRow = Omit<Expression, 'plan'>

/** A row, and how many of its results are in the log. */
export type ExpressionView = ExpressionRow & { readonly succeeded: number }

/** What it takes to count an expression's results; a view has them counted. */
type Countable = Pick<ExpressionRow, 'id' | 'status' | 'completedTasks'> & { readonly succeeded?: number }

/** How many of the newest a subscriber to all of a user's expressions gets as a snapshot. */
const snapshotSize = 50

export interface ExpressionReader {
  /** By id; one that does not exist is left out. */
  byId(ids: readonly string[]): Promise<ExpressionView[]>
  /** The newest of a user, oldest first, so that a client that puts each on top ends with the newest there. */
  newestOf(ownerId: string): Promise<ExpressionView[]>
  /** How many results of an expression are in the log; asked for many at once it is one query. */
  succeeded(row: Countable): Promise<number> | number
}

export function createExpressionReader({ pool, prisma }: Database, state: LiveState): ExpressionReader {
  const counts = new Batcher<string, number>(async (ids) => {
    const results = await countResults(pool, ids)
    return ids.map((id) => results.get(id) ?? 0)
  })
  const succeeded: ExpressionReader['succeeded'] = ({ id, status, completedTasks, succeeded: known }) => {
    if (known !== undefined) return known
    if (status === 'QUEUED') return 0
    if (status !== 'RUNNING') return completedTasks
    return state.succeededOf(id) ?? counts.add(id)
  }
  const view = async (row: ExpressionRow): Promise<ExpressionView> => ({ ...row, succeeded: await succeeded(row) })
  return {
    succeeded,
    async byId(ids) {
      const rows = await prisma.expression.findMany({ where: { id: { in: [...ids] } }, omit: { plan: true } })
      return Promise.all(rows.map(view))
    },
    async newestOf(ownerId) {
      const rows = await prisma.expression.findMany({
        where: { ownerId },
        omit: { plan: true },
        orderBy: { id: 'desc' },
        take: snapshotSize,
      })
      return Promise.all(rows.reverse().map(view))
    },
  }
}
