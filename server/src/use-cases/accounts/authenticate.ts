import type { Actor } from '../../domain/actor.ts'
import { useAgentToken } from '../../store/accounts/use-agent-token.ts'
import { usePersonalToken } from '../../store/accounts/use-personal-token.ts'
import { verifyAccessToken } from './access-token.ts'
import { clientNetwork } from './client-network.ts'
import { agentTokenPrefix } from './create-agent-token.ts'
import { personalTokenPrefix } from './personal-tokens.ts'
import { findShareLink } from '../../store/expressions/share-links.ts'
import { shareLinkPrefix } from '../expressions/share-links.ts'
import type { Services } from '../services.ts'
import { hashToken } from './token-hash.ts'

export type AuthenticationOutcome =
  /** `expiresAt` is null for what holds until it is revoked. */
  | { readonly kind: 'accepted'; readonly actor: Actor; readonly expiresAt: Date | null }
  /** Only what a client can renew by itself is `expired`. */
  | { readonly kind: 'refused'; readonly reason: 'expired' | 'invalid' }
  | { readonly kind: 'refused'; readonly reason: 'throttled'; readonly retryAfterSeconds: number }

/**
 * Whose token this is: a user's access token, one of their personal tokens, an agent's, or that of a link to an expression.
 * @param address the client's network address, against which wrong tokens are counted
 */
export async function authenticate(services: Services, token: string, address = ''): Promise<AuthenticationOutcome> {
  if (token.startsWith(agentTokenPrefix)) {
    const tokenId = await useAgentToken(services.database, hashToken(token))
    if (tokenId === undefined) return { kind: 'refused', reason: 'invalid' }
    return { kind: 'accepted', actor: { kind: 'agent', tokenId }, expiresAt: null }
  }
  if (token.startsWith(personalTokenPrefix))
    return authenticateLooked(services, token, clientNetwork(address), async (hash) => {
      const found = await usePersonalToken(services.database, hash)
      if (found === undefined) return undefined
      const { id, userId, scopes, expiresAt } = found
      return { actor: { kind: 'user', userId, token: { id, scopes } }, expiresAt }
    })
  if (token.startsWith(shareLinkPrefix))
    return authenticateLooked(services, token, clientNetwork(address), async (hash) => {
      const found = await findShareLink(services.database.pool, hash)
      if (found === undefined) return undefined
      const { id: linkId, expressionId, expiresAt } = found
      return { actor: { kind: 'guest', linkId, expressionId }, expiresAt }
    })
  const outcome = await verifyAccessToken(services, token)
  if (outcome.kind === 'refused') return outcome
  const { userId, signInId, expiresAt } = outcome
  return { kind: 'accepted', actor: { kind: 'user', userId, signInId }, expiresAt }
}

/** Read from the database each time, so that a revocation holds at once at every replica. */
async function authenticateLooked(
  { accounts: { tokenThrottle } }: Services,
  token: string,
  network: string,
  look: (
    hash: Uint8Array<ArrayBuffer>,
  ) => Promise<{ readonly actor: Actor; readonly expiresAt: Date | null } | undefined>,
): Promise<AuthenticationOutcome> {
  const hash = hashToken(token)
  const key = Buffer.from(hash).toString('base64url')
  const retryAfterSeconds = tokenThrottle.waitOf(network, key)
  if (retryAfterSeconds !== undefined) return { kind: 'refused', reason: 'throttled', retryAfterSeconds }
  const found = await look(hash)
  if (found === undefined) {
    await tokenThrottle.refused(network, key)
    return { kind: 'refused', reason: 'invalid' }
  }
  tokenThrottle.accepted(key)
  return { kind: 'accepted', ...found }
}
