import type { Actor } from '../../domain/actor.ts'
import { useAgentToken } from '../../store/accounts/use-agent-token.ts'
import { verifyAccessToken } from './access-token.ts'
import { agentTokenPrefix } from './create-agent-token.ts'
import type { Services } from '../services.ts'
import { hashToken } from './token-hash.ts'

export type AuthenticationOutcome =
  /** `expiresAt` is null for what holds until it is revoked. */
  | { readonly kind: 'accepted'; readonly actor: Actor; readonly expiresAt: Date | null }
  | { readonly kind: 'refused'; readonly reason: 'expired' | 'invalid' }

/** Whose token this is: a user's access token or an agent's. */
export async function authenticate(services: Services, token: string): Promise<AuthenticationOutcome> {
  if (token.startsWith(agentTokenPrefix)) {
    const tokenId = await useAgentToken(services.database, hashToken(token))
    if (tokenId === undefined) return { kind: 'refused', reason: 'invalid' }
    return { kind: 'accepted', actor: { kind: 'agent', tokenId }, expiresAt: null }
  }
  const outcome = await verifyAccessToken(services, token)
  if (outcome.kind === 'refused') return outcome
  const { userId, signInId, expiresAt } = outcome
  return { kind: 'accepted', actor: { kind: 'user', userId, signInId }, expiresAt }
}
