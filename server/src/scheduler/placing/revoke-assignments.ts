import type { Assignee } from '../../domain/tasks/task-graph.ts'
import type { SchedulerDeps } from './deps.ts'

/** Takes tasks from their agents: they may stop, and their slots are free for others. */
export function revokeAssignments({ state, book, dispatcher }: SchedulerDeps, assignees: Iterable<Assignee>): void {
  for (const { agentId, ticket } of assignees) {
    const session = state.sessions.get(agentId)
    if (session === undefined || !book.remove(session, ticket)) continue
    if (session.place.kind === 'here') session.place.attachment.outbox.revoke(ticket)
    dispatcher.request()
  }
}
