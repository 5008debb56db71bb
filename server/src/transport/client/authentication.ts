import type { Actor } from '../../domain/actor.ts'
import type { AuthenticationOutcome } from '../../use-cases/accounts/authenticate.ts'
import type { Services } from '../../use-cases/services.ts'

export type Authenticate = (services: Services, token: string, address: string) => Promise<AuthenticationOutcome>

/**
 * Authenticates what is to stay open. A token can be revoked while it is being read, and then nobody would close what it opened: the
 * announcement went by before there was anything to close.
 */
export async function authenticateLasting(
  authenticate: Authenticate,
  services: Services,
  token: string,
  address: string,
): Promise<AuthenticationOutcome> {
  const revoked = new Set<string>()
  const stopListening = [
    services.announcer.on('agentTokenRevoked', ({ id }) => void revoked.add(id)),
    services.announcer.on('personalTokensRevoked', ({ ids }) => {
      for (const id of ids) revoked.add(id)
    }),
    services.announcer.on('shareLinksRevoked', ({ ids }) => {
      for (const id of ids) revoked.add(id)
    }),
    services.announcer.on('signInsEnded', ({ ids }) => {
      for (const id of ids) revoked.add(id)
    }),
  ]
  try {
    const outcome = await authenticate(services, token, address)
    if (outcome.kind === 'accepted' && isRevoked(outcome.actor, revoked)) return { kind: 'refused', reason: 'invalid' }
    return outcome
  } finally {
    for (const stop of stopListening) stop()
  }
}

function isRevoked(actor: Actor, revoked: ReadonlySet<string>): boolean {
  switch (actor.kind) {
    case 'agent':
      return revoked.has(actor.tokenId)
    case 'user':
      return [actor.signInId, actor.token?.id].some((id) => id !== undefined && revoked.has(id))
    case 'guest':
      return revoked.has(actor.linkId)
    case 'anonymous':
      return false
    default:
      return actor satisfies never
  }
}
