import type { Clock } from '../../src/clock.ts'
import type { AgentPresence } from '../../src/store/agents/agent-row.ts'
import type { Heartbeat } from '../../src/store/replicas/heartbeat-replica.ts'
import type { ReplicaStats } from '../../src/store/replicas/replica-stats.ts'
import type { AgentRow, ReplicaRow } from './rows.ts'

/** What the store's SQL on replicas and agents is to do; as `ExpressionModel`. */
export class PresenceModel {
  readonly replicas = new Map<string, ReplicaRow>()
  readonly agents = new Map<string, AgentRow>()
  readonly revokedTokens = new Set<string>()
  private readonly clock: Clock

  constructor(clock: Clock) {
    this.clock = clock
  }

  readonly isReplica = (id: string | null): boolean => id !== null && this.replicas.has(id)

  register(replicaId: string): void {
    this.replicas.set(replicaId, { heartbeatAt: this.clock.now(), stats: {} })
  }

  remove(replicaId: string): void {
    this.replicas.delete(replicaId)
  }

  /** Returns whether the replica still counts, and what the others that do said last. */
  heartbeat(replicaId: string, stats: ReplicaStats, timeoutMs: number): Heartbeat {
    const now = this.clock.now()
    const alive = this.replicas.has(replicaId)
    if (alive) this.replicas.set(replicaId, { heartbeatAt: now, stats })
    const others: ReplicaStats[] = []
    for (const [id, row] of this.replicas) {
      if (id === replicaId) continue
      if (row.heartbeatAt < now - timeoutMs) this.replicas.delete(id)
      else others.push(row.stats as ReplicaStats)
    }
    return { alive, others }
  }

  openSession(session: Omit<AgentRow, 'presence' | 'version'>): AgentRow | undefined {
    if (this.revokedTokens.has(session.tokenId)) return undefined
    const { tokenId, name, slots, sessionId, replicaId } = session
    const known = [...this.agents.values()].find((agent) => agent.tokenId === tokenId && agent.name === name)
    const isDraining = known?.presence === 'DRAINING' && known.sessionId === sessionId
    const presence: AgentPresence = isDraining ? 'DRAINING' : 'ONLINE'
    const row = { ...(known ?? session), slots, sessionId, replicaId, presence, version: (known?.version ?? 0) + 1 }
    this.agents.set(row.id, row)
    return { ...row }
  }

  setPresence(agentId: string, sessionId: string, replicaId: string, presence: AgentPresence): boolean {
    const row = this.agents.get(agentId)
    if (row?.sessionId !== sessionId || row.replicaId !== replicaId || row.presence === presence) return false
    return this.changePresence(row, presence)
  }

  drain(agentId: string): boolean {
    const row = this.agents.get(agentId)
    if (row?.presence !== 'ONLINE' && row?.presence !== 'RECONNECTING') return false
    return this.changePresence(row, 'DRAINING')
  }

  undrain(agentId: string): boolean {
    const row = this.agents.get(agentId)
    return row?.presence === 'DRAINING' && this.changePresence(row, 'ONLINE')
  }

  findMoved(
    replicaId: string,
    sessions: readonly { readonly agentId: string; readonly sessionId: string }[],
  ): ReadonlySet<string> {
    const moved = sessions.filter(({ agentId, sessionId }) => {
      const row = this.agents.get(agentId)
      return row?.sessionId === sessionId && row.presence !== 'OFFLINE' && row.replicaId !== replicaId
    })
    return new Set(moved.map(({ sessionId }) => sessionId))
  }

  findOrphaned(): string[] {
    return [...this.agents.values()].filter((row) => this.isOrphaned(row)).map(({ id }) => id)
  }

  giveUpOrphaned(agentIds: readonly string[]): string[] {
    const given = [...this.agents.values()].filter((row) => agentIds.includes(row.id) && this.isOrphaned(row))
    for (const row of given) this.changePresence(row, 'OFFLINE')
    return given.map(({ id }) => id)
  }

  private isOrphaned({ presence, replicaId }: AgentRow): boolean {
    return presence !== 'OFFLINE' && !this.isReplica(replicaId)
  }

  private changePresence(row: AgentRow, presence: AgentPresence): true {
    row.presence = presence
    row.version++
    return true
  }
}
