import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { invalidInput, notFound, type InvalidInputError, type NotFoundError } from '../../domain/failure.ts'
import type { ShareLink } from '../../generated/prisma/client.ts'
import { insertShareLink, markShareLinkRevoked } from '../../store/expressions/share-links.ts'
import type { Requester } from '../accounts/requester.ts'
import { hashToken } from '../accounts/token-hash.ts'
import { parseInput } from '../parse-input.ts'
import type { Services } from '../services.ts'

/** Tells the secret of a link from other tokens at sight, also for scanners that look for leaked ones. */
export const shareLinkPrefix = 'rks_'

/** Of one expression, at a time. */
export const mostShareLinks = 20

const hourSeconds = 3_600
const maxLifetimeHours = 366 * 24

const inputSchema = z.object({
  expressionId: z.string(),
  lifetimeHours: z
    .number()
    .int()
    .min(1, 'must be at least 1')
    .max(maxLifetimeHours, `must be at most ${maxLifetimeHours}`)
    .nullish(),
})

export type CreateShareLinkInput = z.input<typeof inputSchema>

/** Whose expression it must be. */
type Owner = Requester & { readonly actorId: string }

export interface CreatedShareLink {
  readonly shareLink: ShareLink
  /** The secret itself: shown once, never stored. */
  readonly token: string
}

/** Lets whoever gets it watch an expression of this user, who alone may: an admin does not see it either. See docs/decisions/0042. */
export async function createShareLink(
  services: Services,
  input: CreateShareLinkInput,
  { actorId: ownerId, address }: Owner,
): Promise<CreatedShareLink | InvalidInputError | NotFoundError> {
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { expressionId, lifetimeHours } = parsed.value
  if (!isUuid(expressionId)) return notFound('expression')
  const { database, ids } = services
  const token = `${shareLinkPrefix}${ids.secret()}`
  const lifetimeSeconds = lifetimeHours == null ? null : lifetimeHours * hourSeconds
  const row = { id: ids.next(), expressionId, ownerId, hash: hashToken(token), lifetimeSeconds }
  const shareLink = await insertShareLink(database, row, mostShareLinks)
  switch (shareLink) {
    case 'noExpression':
      return notFound('expression')
    case 'tooMany':
      return invalidInput(
        [{ path: 'expressionId', message: `It has ${mostShareLinks} links. Revoke one first.` }],
        'TOO_MANY_LINKS',
      )
    default:
      services.accounts.audit.record({ kind: 'SHARE_LINK_CREATED', actorId: ownerId, subjectId: row.id, address })
      return { shareLink, token }
  }
}

/** Announced also where it was revoked before: whoever missed it then closes its sockets now. */
export async function revokeShareLink(
  { accounts, announcer, database }: Services,
  id: string,
  { actorId: ownerId, address }: Owner,
): Promise<ShareLink | NotFoundError> {
  const revoked = isUuid(id) ? await markShareLinkRevoked(database, id, ownerId) : null
  if (revoked === null) return notFound('link')
  announcer.broadcast({ kind: 'shareLinksRevoked', ids: [id] })
  accounts.audit.record({ kind: 'SHARE_LINK_REVOKED', actorId: ownerId, subjectId: id, address })
  return revoked
}
