import type { Actor } from '../../domain/actor.ts'
import { clientNetwork } from './client-network.ts'

/** Who has to answer for the time that something takes: a user, an agent's token, or the network of one who is not signed in. */
export function accountableFor(actor: Actor, address: string): string {
  switch (actor.kind) {
    case 'user':
      return actor.userId
    case 'agent':
      return actor.tokenId
    case 'guest':
    case 'anonymous':
      return clientNetwork(address)
    default:
      return actor satisfies never
  }
}
