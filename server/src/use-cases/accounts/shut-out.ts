import type { ShutOut } from '../../store/accounts/disable-user.ts'
import type { Services } from '../services.ts'
import { announceEnded } from './end-sign-ins.ts'

/** So many that a message between replicas holds them; a user has no more tokens that are good. */
const maxIds = 100

/** Tells that nothing of a user is let in any more: requests are refused, and sockets closed, at all replicas. */
export function announceShutOut(services: Pick<Services, 'announcer'>, { signIns, tokenIds }: ShutOut): void {
  announceEnded(services, signIns)
  for (let first = 0; first < tokenIds.length; first += maxIds)
    services.announcer.broadcast({ kind: 'personalTokensRevoked', ids: tokenIds.slice(first, first + maxIds) })
}
