import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import {
  notFound,
  rateLimited,
  type Failure,
  type InvalidInputError,
  type NotFoundError,
  type RateLimitedError,
} from '../../domain/failure.ts'
import { findResetLink, insertResetLink, useResetLink } from '../../store/accounts/reset-links.ts'
import { parseInput } from '../parse-input.ts'
import type { Services } from '../services.ts'
import { signIn, type Authentication } from './authentication.ts'
import { clientNetwork } from './client-network.ts'
import { newPasswordSchema } from './credentials.ts'
import { announceEnded } from './end-sign-ins.ts'
import type { Origin } from './origin.ts'
import { hashPassword } from './password.ts'
import type { Requester } from './requester.ts'
import { hashToken } from './token-hash.ts'

/** Tells a reset link's token from others at sight. */
const resetPrefix = 'rkr_'

/** An admin hands it over, by whatever way there is. */
const lifetimeSeconds = 24 * 3_600

export interface CreatedResetLink {
  readonly userId: string
  readonly expiresAt: Date
  /** The secret itself: shown once, never stored. */
  readonly token: string
}

export type ResetLinkRefusedError = Failure<'ResetLinkRefusedError'>

/** Which of them it is, is not told. */
const linkRefused: ResetLinkRefusedError = {
  kind: 'ResetLinkRefusedError',
  code: 'RESET_LINK_REFUSED',
  message: 'This link was used, has expired or was replaced by another. Ask an admin for a new one.',
}

/** For admins: lets a user choose a new password, once and within a day. A link that was made before is good no longer. */
export async function createResetLink(
  { accounts, database, ids }: Services,
  userId: string,
  { actorId, address }: Requester,
): Promise<CreatedResetLink | NotFoundError> {
  if (!isUuid(userId)) return notFound('user')
  const token = `${resetPrefix}${ids.secret()}`
  const link = await insertResetLink(database, { id: ids.next(), userId, hash: hashToken(token), lifetimeSeconds })
  if (link === null) return notFound('user')
  accounts.audit.record({ kind: 'RESET_LINK_CREATED', actorId, subjectId: userId, address })
  return { userId, token, expiresAt: link.expiresAt }
}

export interface ResetPasswordInput extends Origin {
  readonly token: string
  readonly newPassword: string
  /** Whether the client can keep a refresh token. */
  readonly refreshable: boolean
}

export type ResetPasswordOutcome = Authentication | ResetLinkRefusedError | InvalidInputError | RateLimitedError

/** Changes the password of the link's user, ends all their sign-ins and begins another. Wrong tokens count against their network. */
export async function resetPassword(services: Services, input: ResetPasswordInput): Promise<ResetPasswordOutcome> {
  const { accounts, database } = services
  const { address, refreshable } = input
  const network = clientNetwork(address)
  const hash = hashToken(input.token)
  const key = Buffer.from(hash).toString('base64url')
  const wait = accounts.tokenThrottle.waitOf(network, key)
  if (wait !== undefined) return rateLimited(wait)
  const user = input.token.startsWith(resetPrefix) ? await findResetLink(database, hash) : undefined
  if (user === undefined) {
    await accounts.tokenThrottle.refused(network, key)
    return linkRefused
  }
  const { userId, email } = user
  const parsed = parseInput(z.object({ newPassword: newPasswordSchema(email) }), input)
  if (parsed.kind !== 'valid') return parsed
  const place = accounts.passwordQueue.enter({ key: userId, isKnown: true })
  if (place.kind !== 'place') return place
  try {
    const passwordHash = await place.compute(() => hashPassword(parsed.value.newPassword))
    const ended = await useResetLink(database, hash, passwordHash)
    if (ended === undefined) return linkRefused
    accounts.audit.record({ kind: 'PASSWORD_RESET', actorId: userId, subjectId: userId, address })
    announceEnded(services, ended)
    const signer = { userId, passwordHash, origin: input, isKnownDevice: false, refreshable }
    return (await signIn(services, signer)) ?? linkRefused
  } finally {
    place.leave()
  }
}
