import type { AuthenticationOutcome } from '../use-cases/authenticate.ts'
import type { Services } from '../use-cases/services.ts'

export type Authenticate = (services: Services, token: string) => Promise<AuthenticationOutcome>

/**
 * Authenticates what is to stay open. A token can be revoked while it is being read, and then nobody would close what it opened: the
 * announcement went by before there was anything to close.
 */
export async function authenticateLasting(
  authenticate: Authenticate,
  services: Services,
  token: string,
): Promise<AuthenticationOutcome> {
  const revoked = new Set<string>()
  const stopListening = services.announcer.on('agentTokenRevoked', ({ id }) => void revoked.add(id))
  try {
    const outcome = await authenticate(services, token)
    if (outcome.kind === 'accepted' && outcome.actor.kind === 'agent' && revoked.has(outcome.actor.tokenId))
      return { kind: 'refused', reason: 'invalid' }
    return outcome
  } finally {
    stopListening()
  }
}
