import type { Holder } from '../../domain/tasks/task-graph.ts'
import type { SchedulerDeps } from './deps.ts'

/** Takes tasks from the agents that hold them: they may stop, and their slots are free for others. */
export function takeBack({ state, announcer, dispatcher }: SchedulerDeps, holders: Iterable<Holder>): void {
  for (const { agentId, ticket } of holders) {
    const session = state.sessions.get(agentId)
    if (!session?.held.delete(ticket)) continue
    state.revise(session)
    session.attachment?.outbox.revoke(ticket)
    announcer.announce({ kind: 'agentWork', id: agentId })
    dispatcher.request()
  }
}
