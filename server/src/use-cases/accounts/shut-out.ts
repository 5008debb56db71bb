import { inChunks } from '../../lists.ts'
import type { ShutOut } from '../../store/accounts/disable-user.ts'
import type { Services } from '../services.ts'
import { announceEnded } from './end-sign-ins.ts'

/** So many that a message between replicas holds them. */
const maxIds = 100

/** Tells that nothing of a user is let in any more: requests are refused, and sockets closed, at all replicas. */
export function announceShutOut(
  services: Pick<Services, 'announcer'>,
  { signIns, tokenIds, linkIds, agentTokenIds }: ShutOut,
): void {
  announceEnded(services, signIns)
  const { announcer } = services
  for (const ids of inChunks(tokenIds, maxIds)) announcer.broadcast({ kind: 'personalTokensRevoked', ids })
  for (const ids of inChunks(linkIds, maxIds)) announcer.broadcast({ kind: 'shareLinksRevoked', ids })
  for (const id of agentTokenIds) announcer.broadcast({ kind: 'agentTokenRevoked', id })
}
