import { now } from '../../../clock.ts'
import { isUnfinished } from '../../../format/status.ts'
import type { LiveList } from '../rows/live-list.ts'
import type { Row } from '../rows/row.ts'
import type { BulkVerb } from './bulk-documents.ts'

/** A row as it will be; null where nothing will change. */
function foreseen(verb: BulkVerb, row: Row): Row | null {
  switch (verb) {
    case 'cancel':
      return isUnfinished(row.status)
        ? { ...row, status: 'CANCELLED', finishedAt: new Date(now()).toISOString() }
        : null
    case 'retry':
      return row.status === 'FAILED' ? { ...row, status: 'QUEUED', error: null, finishedAt: null } : null
    case 'delete':
      return null
    default:
      return verb satisfies never
  }
}

/**
 * Shows rows as the server is about to make them; what it tells meanwhile is newer and stays.
 * @returns what takes that back of some of them
 */
export function overlay(live: LiveList, verb: BulkVerb, rows: readonly Row[]) {
  const before = new Map<string, { readonly row: Row; readonly shown: Row }>()
  for (const row of rows) {
    const shown = foreseen(verb, row)
    if (shown) before.set(row.id, { row, shown })
  }
  live.onChanged([...before.values()].map(({ shown }) => shown))
  return async (ids: readonly string[]): Promise<void> => {
    const stale = ids.flatMap((id) => before.get(id) ?? [])
    live.onChanged(stale.filter(({ row, shown }) => (live.list.row(row.id) ?? shown) === shown).map(({ row }) => row))
    return Promise.resolve()
  }
}
