import type { AuditEvent } from './documents.ts'

/** What is shown in one row: an event, or several in a row that tell the same. */
export interface Entry {
  readonly cursor: string
  readonly event: AuditEvent
  /** How many rows of the log it is, of which `event` is the newest. */
  readonly times: number
  /** When the oldest of them was. */
  readonly since: string
}

/** Events that follow each other and differ in nothing but their times become one entry. @param edges newest first */
export function entriesOf(edges: readonly { readonly cursor: string; readonly node: AuditEvent }[]): Entry[] {
  const entries: Entry[] = []
  for (const { cursor, node } of edges) {
    const last = entries.at(-1)
    if (last && isSame(last.event, node))
      entries[entries.length - 1] = { ...last, times: last.times + 1, since: node.at }
    else entries.push({ cursor, event: node, times: 1, since: node.at })
  }
  return entries
}

/** What stands for others that were counted is no repetition of them. */
const isSame = (a: AuditEvent, b: AuditEvent): boolean =>
  a.count === 1 &&
  b.count === 1 &&
  a.kind === b.kind &&
  a.actorId === b.actorId &&
  a.subjectId === b.subjectId &&
  a.address === b.address &&
  a.detail === b.detail
