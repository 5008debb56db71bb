import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { notFound, type InvalidInputError, type NotFoundError } from '../../domain/failure.ts'
import type { Invitation } from '../../generated/prisma/client.ts'
import { insertInvitation, markInvitationRevoked } from '../../store/accounts/invitations.ts'
import { displayName, parseInput } from '../parse-input.ts'
import type { Requester } from './requester.ts'
import type { Services } from '../services.ts'
import { hashToken } from './token-hash.ts'

/** Tells an invitation from other tokens at sight. */
const invitationPrefix = 'rki_'

const hourSeconds = 3_600
const maxLifetimeHours = 30 * 24
const defaultLifetimeHours = 7 * 24

export interface CreateInvitationInput {
  readonly name: string
  /** A week unless told. */
  readonly lifetimeHours?: number | null | undefined
}

export interface CreatedInvitation {
  readonly invitation: Invitation
  /** The secret itself: shown once, never stored. */
  readonly token: string
}

export type CreateInvitationOutcome = CreatedInvitation | InvalidInputError

const inputSchema = z.object({
  name: displayName(),
  lifetimeHours: z
    .number()
    .int()
    .min(1, 'must be at least 1')
    .max(maxLifetimeHours, `must be at most ${maxLifetimeHours}`)
    .nullish(),
})

/** For admins: lets one person register, whoever brings its token first. */
export async function createInvitation(
  { accounts, database, ids }: Services,
  input: CreateInvitationInput,
  { actorId, address }: Requester,
): Promise<CreateInvitationOutcome> {
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { name, lifetimeHours } = parsed.value
  const token = `${invitationPrefix}${ids.secret()}`
  const invitation = await insertInvitation(database, {
    id: ids.next(),
    name,
    hash: hashToken(token),
    createdById: actorId,
    lifetimeSeconds: (lifetimeHours ?? defaultLifetimeHours) * hourSeconds,
  })
  accounts.audit.record({ kind: 'INVITATION_CREATED', actorId, subjectId: invitation.id, address, detail: name })
  return { invitation, token }
}

/** For admins. One that was used stays used: whoever registered with it has an account. */
export async function revokeInvitation(
  { accounts, database }: Services,
  id: string,
  { actorId, address }: Requester,
): Promise<Invitation | NotFoundError> {
  const invitation = isUuid(id) ? await markInvitationRevoked(database, id) : null
  if (invitation === null) return notFound('invitation')
  accounts.audit.record({
    kind: 'INVITATION_REVOKED',
    actorId,
    subjectId: invitation.id,
    address,
    detail: invitation.name,
  })
  return invitation
}
