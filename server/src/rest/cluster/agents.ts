import type { z } from 'zod'
import type { AgentView } from '../../realtime/readers/agent-reader.ts'
import type { Services } from '../../use-cases/services.ts'
import { json } from '../answer.ts'
import { agents, type agent } from '../contract/cluster.ts'
import { route } from '../route.ts'

export const agentsRoute = route({
  ...{ id: 'agents', method: 'GET', path: '/agents', scope: 'read', summary: 'All agents by name' },
  description: 'Also those that are not connected, but for those that are forgotten or whose token was revoked.',
  answers: { 200: { description: 'What they can and what they do.', schema: agents } },
  async handle({ services }) {
    const all = await services.live.agents.all()
    return json(200, { agents: all.map((view) => shown(services, view)) })
  },
})

function shown({ live }: Services, view: AgentView): z.output<typeof agent> {
  const { id, name, slots, busySlots, presence, suspendedAt, lastHeartbeatAt, createdAt } = view
  const { programVersion, host, utilisation, tasksPerSecond, tasksDone, tasksFailed, tasksLost } = view
  return {
    ...{ id, name, slots, busySlots },
    state: suspendedAt ? 'SUSPENDED' : presence,
    computing: live.agents.assignmentsOf(id).map(({ operation }) => operation),
    ...{ programVersion, host, utilisation, tasksPerSecond, tasksDone, tasksFailed, tasksLost },
    createdAt: createdAt.toISOString(),
    lastHeartbeatAt: lastHeartbeatAt.toISOString(),
  }
}
