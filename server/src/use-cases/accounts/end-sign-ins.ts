import type { EndedSignIn } from '../../store/accounts/end-sign-ins.ts'
import type { Services } from '../services.ts'

/** So many that a message between replicas, of under 8 000 bytes, holds them. */
const maxIds = 100

/** Tells of sign-ins that have been ended: their access tokens are refused and their sockets closed, at all replicas. */
export function announceEnded({ announcer }: Pick<Services, 'announcer'>, ended: readonly EndedSignIn[]): void {
  const ids = ended.map(({ id }) => id)
  for (let first = 0; first < ids.length; first += maxIds)
    announcer.broadcast({ kind: 'signInsEnded', ids: ids.slice(first, first + maxIds) })
}
