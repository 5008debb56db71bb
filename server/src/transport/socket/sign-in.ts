import type { Services } from '../../use-cases/services.ts'
import { authenticateLasting, type Authenticate } from '../client/authentication.ts'
import { closeCodes } from '../../use-cases/agents/close-codes.ts'
import type { SocketConnection } from './socket-connection.ts'
import { tokenOfConnection, tokenOfExtensions } from '../client/tokens.ts'

type Params = Readonly<Record<string, unknown>>

/**
 * How a socket gets the actor on whose behalf its operations run.
 * @param admitsAgent whether one more socket of an agent token is within the limits
 */
export function createSignIn(
  authenticate: Authenticate,
  services: Services,
  admitsAgent: (tokenId: string) => boolean,
) {
  return {
    /** At `connection_init`. Without a token it is anonymous; with one that is refused it is closed, and false returned. */
    async onConnect(connection: SocketConnection, params: Params | undefined): Promise<boolean> {
      const token = tokenOfConnection(params)
      if (token === undefined) return true
      const outcome = await authenticateLasting(authenticate, services, token, connection.address)
      switch (outcome.kind) {
        case 'accepted':
          if (outcome.actor.kind === 'agent' && !admitsAgent(outcome.actor.tokenId)) {
            connection.close(closeCodes.TRY_AGAIN_LATER, 'Too many sockets of this agent token')
            return false
          }
          connection.signIn(token, outcome.actor, outcome.expiresAt)
          return connection.state === 'open'
        case 'refused':
          refuse(connection, outcome.reason)
          return false
        default:
          return outcome satisfies never
      }
    },

    /**
     * At an operation that brings a token, as GraphiQL's do: an anonymous socket signs in with it; a token that is refused leaves it
     * anonymous, as over HTTP. False where the socket is signed in with another token.
     */
    async onOperation(connection: SocketConnection, extensions: Params | null | undefined): Promise<boolean> {
      const token = tokenOfExtensions(extensions)
      if (token === undefined || token === connection.token) return true
      if (connection.token !== null) return false
      const outcome = await authenticateLasting(authenticate, services, token, connection.address)
      if (outcome.kind === 'accepted' && outcome.actor.kind === 'agent' && !admitsAgent(outcome.actor.tokenId))
        return true
      if (outcome.kind === 'accepted' && connection.token === null)
        connection.signIn(token, outcome.actor, outcome.expiresAt)
      return true
    },
  }
}

function refuse(connection: SocketConnection, reason: 'expired' | 'invalid' | 'throttled'): void {
  switch (reason) {
    case 'expired':
      return connection.close(closeCodes.TOKEN_EXPIRED, 'Token expired')
    case 'invalid':
      return connection.close(closeCodes.FORBIDDEN, 'Forbidden')
    case 'throttled':
      return connection.close(closeCodes.TRY_AGAIN_LATER, 'Too many wrong tokens')
    default:
      return reason satisfies never
  }
}
