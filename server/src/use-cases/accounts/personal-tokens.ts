import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { tokenScopes, type TokenScope } from '../../domain/actor.ts'
import { invalidInput, notFound, type InvalidInputError, type NotFoundError } from '../../domain/failure.ts'
import type { PersonalToken } from '../../generated/prisma/client.ts'
import { insertPersonalToken, type TokenBounds } from '../../store/accounts/insert-personal-token.ts'
import { markPersonalTokenRevoked } from '../../store/accounts/mark-personal-token-revoked.ts'
import { displayName, parseInput } from '../parse-input.ts'
import type { Services } from '../services.ts'
import { isAdmin } from './is-admin.ts'
import { hashToken } from './token-hash.ts'

/** Tells a personal token from others at sight, also for scanners that look for leaked secrets. */
export const personalTokenPrefix = 'rkp_'

/** The list that a user sees is never longer than both. */
export const tokenBounds: TokenBounds = { good: 50, ended: 50 }

const daySeconds = 86_400
const maxLifetimeDays = 366
const defaultLifetimeDays = 90

export interface CreatePersonalTokenInput {
  readonly name: string
  readonly scopes: readonly TokenScope[]
  readonly lifetimeDays?: number | null | undefined
}

export interface CreatedPersonalToken {
  readonly personalToken: PersonalToken
  /** The secret itself: shown once, never stored. */
  readonly token: string
}

/** The signed-in user who asks, and from where. */
export interface TokenOwner {
  readonly userId: string
  readonly address: string
}

const inputSchema = z.object({
  name: displayName(),
  scopes: z.array(z.enum(tokenScopes)).max(tokenScopes.length, `must be at most ${tokenScopes.length}`),
  lifetimeDays: z
    .number()
    .int()
    .min(1, 'must be at least 1')
    .max(maxLifetimeDays, `must be at most ${maxLifetimeDays}`)
    .nullish(),
})

/** Makes a token for programs of this user. See docs/decisions/0033. */
export async function createPersonalToken(
  services: Services,
  input: CreatePersonalTokenInput,
  { userId, address }: TokenOwner,
): Promise<CreatedPersonalToken | InvalidInputError> {
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { name, scopes, lifetimeDays } = parsed.value
  if (scopes.includes('ADMIN') && !(await isAdmin(services, { kind: 'user', userId })))
    return invalidInput([{ path: 'scopes', message: 'ADMIN is for admins' }])

  const { accounts, database, ids } = services
  const token = `${personalTokenPrefix}${ids.secret()}`
  const row = {
    id: ids.next(),
    userId,
    name,
    hash: hashToken(token),
    scopes: tokenScopes.filter((scope) => scope === 'READ' || scopes.includes(scope)),
    lifetimeSeconds: (lifetimeDays ?? defaultLifetimeDays) * daySeconds,
  }
  const personalToken = await insertPersonalToken(database, row, tokenBounds)
  if (personalToken === null)
    return invalidInput(
      [{ path: 'name', message: `You have ${tokenBounds.good} tokens. Revoke one first.` }],
      'TOO_MANY_TOKENS',
    )
  accounts.audit.record({ kind: 'PERSONAL_TOKEN_CREATED', actorId: userId, subjectId: row.id, address, detail: name })
  return { personalToken, token }
}

/**
 * Revokes one's own, or for an admin anybody's. Announced also where it was revoked before: whoever missed it then closes its sockets
 * now.
 */
export async function revokePersonalToken(
  services: Services,
  id: string,
  { userId, address }: TokenOwner,
): Promise<PersonalToken | NotFoundError> {
  const { accounts, announcer, database } = services
  if (!isUuid(id)) return notFound('token')
  const ownerId = (await isAdmin(services, { kind: 'user', userId })) ? null : userId
  const revoked = await markPersonalTokenRevoked(database, id, ownerId)
  if (revoked === null) return notFound('token')
  announcer.broadcast({ kind: 'personalTokensRevoked', ids: [id] })
  const detail = revoked.name
  accounts.audit.record({ kind: 'PERSONAL_TOKEN_REVOKED', actorId: userId, subjectId: id, address, detail })
  return revoked
}
