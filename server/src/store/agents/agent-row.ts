export const agentPresences = ['ONLINE', 'RECONNECTING', 'DRAINING', 'OFFLINE'] as const
export type AgentPresence = (typeof agentPresences)[number]

export interface AgentRow {
  readonly id: string
  readonly tokenId: string
  readonly name: string
  readonly slots: number
  readonly presence: AgentPresence
  readonly sessionId: string | null
  readonly replicaId: string | null
  readonly createdAt: Date
  readonly lastHeartbeatAt: Date
  readonly version: number
}

/** The columns of an `AgentRow`. */
export const agentColumns = `
  agent.id, agent.token_id AS "tokenId", agent.name, agent.slots, agent.presence, agent.session_id AS "sessionId",
  agent.replica_id AS "replicaId", agent.created_at AS "createdAt", agent.last_heartbeat_at AS "lastHeartbeatAt", agent.version`
