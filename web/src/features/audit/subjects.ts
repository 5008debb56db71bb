import type { AuditEventKind } from '../../graphql.ts'
import type { AuditEvent } from './documents.ts'

/** Of which kind of thing the subject is asked by its id: of all others the event tells the name itself, or who did it is who it was done to. */
const subjects: Partial<Record<AuditEventKind, 'User' | 'Agent'>> = {
  REFRESH_TOKEN_REUSED: 'User',
  ROLE_CHANGED: 'User',
  EXPRESSIONS_CANCELLED: 'User',
  EXPRESSIONS_DELETED: 'User',
  SESSION_ENDED: 'User',
  USER_DISABLED: 'User',
  USER_ENABLED: 'User',
  RESET_LINK_CREATED: 'User',
  AGENT_DRAINED: 'Agent',
  AGENT_UNDRAINED: 'Agent',
  AGENT_REINSTATED: 'Agent',
}

/** The id under which the server knows the subject of an event, where its name has to be asked for. */
export function subjectOf({ kind, subjectId }: Pick<AuditEvent, 'kind' | 'subjectId'>): string | null {
  const type = subjects[kind]
  return type === undefined || subjectId === null ? null : btoa(`${type}:${subjectId}`)
}

export const isAboutAgent = (kind: AuditEventKind): boolean => subjects[kind] === 'Agent'
