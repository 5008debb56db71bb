import type { Actor } from '../../domain/actor.ts'
import type { AuditJournal } from '../accounts/audit-log.ts'
import { isOwner } from './access.ts'

/** Writes down which expressions of others somebody has deleted, which only an admin may: of each owner in one event. */
export function auditDeletions(
  audit: AuditJournal,
  actor: Actor,
  deleted: readonly { readonly id: string; readonly ownerId: string }[],
): void {
  const idsByOwner = new Map<string, string[]>()
  for (const { id, ownerId } of deleted)
    if (!isOwner(actor, ownerId)) idsByOwner.set(ownerId, [...(idsByOwner.get(ownerId) ?? []), id])
  const actorId = actor.kind === 'user' ? actor.userId : null
  for (const [subjectId, ids] of idsByOwner)
    audit.record({ kind: 'EXPRESSIONS_DELETED', actorId, subjectId, detail: `${ids.length}: ${ids.join(' ')}` })
}
