import { adoptExpressions } from '../store/expressions/adopt-expressions.ts'
import type { OwnedRow } from '../store/expressions/owned-row.ts'
import { takeOverExpressions } from '../store/expressions/take-over-expressions.ts'
import { takeQueuedExpressions, type Taken, type Taking } from '../store/expressions/take-queued-expressions.ts'
import type { SchedulerDeps } from './deps.ts'
import type { Ending } from './ending.ts'
import { Loader } from './loader.ts'
import type { OwnedExpression } from './owned-expression.ts'

/** How expressions become this replica's. */
export interface Ownership<Row> {
  takeQueued(taking: Omit<Taking, 'replicaId'>): Promise<Taken<Row>>
  /** Those of lost replicas, at most so many. */
  takeOver(limit: number): Promise<readonly Row[]>
  /** Those that are this replica's and not among the known. */
  adopt(known: readonly string[]): Promise<readonly Row[]>
  /** Brings what was taken into memory. */
  load(rows: readonly Row[]): Promise<readonly OwnedExpression[]>
}

export function createOwnership(deps: SchedulerDeps, ending: Ending): Ownership<OwnedRow> {
  const { replicaId } = deps
  const { pool } = deps.database
  const loader = new Loader(deps, ending)
  return {
    takeQueued: (taking) => takeQueuedExpressions(pool, { ...taking, replicaId }),
    takeOver: (limit) => takeOverExpressions(pool, replicaId, limit),
    adopt: (known) => adoptExpressions(pool, replicaId, known),
    load: (rows) => loader.load(rows),
  }
}
