import { agentOf, hasOffer, isAmong, type RemoteAssignment } from '../memory/remote-assignment.ts'
import type { SchedulerDeps } from '../placing/deps.ts'

/** Asks the database which of these stand: by their offers, or by the sessions of their agents. */
export async function findStanding(
  { replicaId, store }: SchedulerDeps,
  assignments: readonly RemoteAssignment[],
): Promise<(assignment: RemoteAssignment) => boolean> {
  let isOffered: (assignment: RemoteAssignment) => boolean = () => false
  if (assignments.some(hasOffer)) {
    await store.offers.removeLost()
    isOffered = isAmong(await store.offers.list(replicaId))
  }
  const sessions = latestSessions(assignments.filter((assignment) => !hasOffer(assignment)))
  const moved = sessions.size > 0 ? await store.presence.findMoved(replicaId, [...sessions.values()]) : new Set()
  return (assignment) => {
    const { at } = assignment
    switch (at.kind) {
      case 'offering':
        return true
      case 'offered':
      case 'claimed':
        return isOffered(assignment)
      case 'handedOff':
        return moved.has(at.agent.agentId) && sessions.get(at.agent.agentId)?.sessionId === at.agent.sessionId
      default:
        return at satisfies never
    }
  }
}

/** By agent. One that was started anew has another session, and the earlier is over. */
function latestSessions(assignments: readonly RemoteAssignment[]) {
  const sessions = new Map<string, { readonly agentId: string; readonly sessionId: string }>()
  for (const assignment of assignments.toSorted((a, b) => a.since - b.since)) {
    const agent = agentOf(assignment)
    if (agent) sessions.set(agent.agentId, agent)
  }
  return sessions
}
