import type { AuditKind } from '../../domain/audit.ts'
import type { Actor } from '../../domain/actor.ts'
import { groupBy, inChunks } from '../../lists.ts'
import type { AuditJournal } from '../accounts/audit-log.ts'
import { isOwner } from './access.ts'

/** So many fit into the detail of an event. */
const maxIds = 100

/** Writes down to which expressions of others somebody has done something, which only an admin may: of each owner by itself. */
export function auditOfOthers(
  audit: AuditJournal,
  kind: AuditKind & `EXPRESSIONS_${string}`,
  actor: Actor,
  changed: readonly { readonly id: string; readonly ownerId: string }[],
): void {
  const ofOthers = changed.filter(({ ownerId }) => !isOwner(actor, ownerId))
  const actorId = actor.kind === 'user' ? actor.userId : null
  for (const [subjectId, theirs] of groupBy(ofOthers, ({ ownerId }) => ownerId))
    for (const some of inChunks(theirs, maxIds)) {
      const ids = some.map(({ id }) => id).join(' ')
      audit.record({ kind, actorId, subjectId, detail: `${some.length}: ${ids}` })
    }
}
