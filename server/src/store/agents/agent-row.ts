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
  /** Results that could not be, since an admin let it in. */
  readonly refusedResults: number
  readonly lastRefusal: string | null
  /** When it was set aside for them. */
  readonly suspendedAt: Date | null
  /** Of its program, as it says itself. */
  readonly programVersion: string | null
  /** The machine that it runs on, as it says itself. */
  readonly host: string | null
  readonly tasksDone: number
  readonly tasksFailed: number
  readonly tasksLost: number
  /** Since when no list has it. */
  readonly forgottenAt: Date | null
}

/** The columns of an `AgentRow`. */
export const agentColumns = `
  agent.id, agent.token_id AS "tokenId", agent.name, agent.slots, agent.presence, agent.session_id AS "sessionId",
  agent.replica_id AS "replicaId", agent.created_at AS "createdAt", agent.last_heartbeat_at AS "lastHeartbeatAt", agent.version,
  agent.refused_results AS "refusedResults", agent.last_refusal AS "lastRefusal", agent.suspended_at AS "suspendedAt",
  agent.program_version AS "programVersion", agent.host, agent.tasks_done::float8 AS "tasksDone",
  agent.tasks_failed::float8 AS "tasksFailed", agent.tasks_lost::float8 AS "tasksLost", agent.forgotten_at AS "forgottenAt"`
