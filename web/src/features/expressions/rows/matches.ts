import type { FilterVariable } from '../filter/list-filter.ts'
import type { ListOrder } from '../filter/list-order.ts'
import { durationMs, type Row } from './row.ts'

/** `unknown` where the text may stand in the part of its source that did not come. */
export type Match = 'yes' | 'no' | 'unknown'

/** Whether an expression that changed belongs to the list, by the server's own rules. */
export function matches(filter: FilterVariable | null, order: ListOrder, row: Row): Match {
  const took = durationMs(row)
  if (order.field === 'DURATION' && took === null) return 'no'
  if (order.field === 'FINISHED' && row.finishedAt === null) return 'no'
  if (filter === null) return 'yes'
  const { statuses, submittedFrom, submittedBefore, minDurationMs, maxDurationMs, sourceContains } = filter
  if (statuses !== null && !statuses.includes(row.status)) return 'no'
  const submitted = Date.parse(row.createdAt)
  if (submittedFrom !== null && submitted < Date.parse(submittedFrom)) return 'no'
  if (submittedBefore !== null && submitted >= Date.parse(submittedBefore)) return 'no'
  if (minDurationMs !== null && (took === null || took < minDurationMs)) return 'no'
  if (maxDurationMs !== null && (took === null || took > maxDurationMs)) return 'no'
  if (sourceContains === null || row.sourceBeginning.includes(sourceContains)) return 'yes'
  return row.sourceLength <= row.sourceBeginning.length ? 'no' : 'unknown'
}
