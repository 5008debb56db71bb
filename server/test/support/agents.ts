import type { ApiClient } from './api-client.ts'

export interface ShownAgent {
  readonly id: string
  readonly name: string
  readonly state: 'ONLINE' | 'RECONNECTING' | 'DRAINING' | 'OFFLINE'
  readonly slots: number
  readonly busySlots: number
  readonly createdAt: string
  readonly lastHeartbeatAt: string
}

export const agentFields = 'id name state slots busySlots createdAt lastHeartbeatAt'

/** Resolves when an agent is as wanted. */
export async function agentWhere(client: ApiClient, fits: (agent: ShownAgent) => boolean): Promise<ShownAgent> {
  const { inbox, end } = client.watch<{ agentsChanged: ShownAgent[] }>(
    `subscription { agentsChanged { ${agentFields} } }`,
  )
  const { agentsChanged } = await inbox.until(({ agentsChanged: agents }) => agents.some(fits))
  end()
  const agent = agentsChanged.find(fits)
  if (agent === undefined) throw new Error('unreachable')
  return agent
}

/** Asks an agent to leave, as an admin does. */
export async function drain(admin: ApiClient, id: string): Promise<void> {
  await admin.get(`mutation ($id: ID!) { drainAgent(input: { id: $id }) { __typename } }`, { id })
}

/** Lets an agent stay that was asked to leave, as an admin does. */
export async function undrain(admin: ApiClient, id: string): Promise<void> {
  await admin.get(`mutation ($id: ID!) { undrainAgent(input: { id: $id }) { __typename } }`, { id })
}

/** Revokes a token of agents, as an admin does. */
export async function revokeToken(admin: ApiClient, id: string): Promise<void> {
  await admin.get(`mutation ($id: ID!) { revokeAgentToken(input: { id: $id }) { __typename } }`, { id })
}
