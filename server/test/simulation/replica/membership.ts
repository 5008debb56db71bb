import type { Ending } from '../../../src/scheduler/ending.ts'
import type { Parts } from './parts.ts'

/** As the scheduler's `Membership` and `Stranded`, on the model of the store. */
export class Membership {
  /** By agent, since when it is known to be stranded. */
  private readonly strandedSince = new Map<string, number>()
  private replicas: ReadonlySet<string> = new Set()
  private readonly parts: Parts
  private readonly ending: Ending

  constructor(parts: Parts, ending: Ending) {
    this.parts = parts
    this.ending = ending
  }

  join(): Promise<void> {
    const { store, deps } = this.parts
    return store.call(({ presence }) => presence.register(deps.replicaId))
  }

  async beat(): Promise<void> {
    const { store, deps, broken } = this.parts
    const { replicaId, state, environment, announcer } = deps
    const timeoutMs = broken === 'does not look for lost replicas' ? Infinity : environment.REPLICA_TIMEOUT_MS
    const stats = state.stats()
    const { alive, others } = await store.call(({ presence }) => presence.heartbeat(replicaId, stats, timeoutMs))
    state.others = others
    const replicas = await store.call(({ presence }) => new Set(presence.replicas.keys()))
    if ([...this.replicas].some((id) => !replicas.has(id))) announcer.relay({ kind: 'missed', forMs: Infinity })
    this.replicas = replicas
    if (!alive) await this.rejoin()
  }

  async checkOwnership(): Promise<void> {
    const { store, deps } = this.parts
    const asked = [...deps.state.owned.values()]
    if (asked.length === 0) return
    const pairs = asked.map(({ id, epoch }) => ({ id, epoch }))
    const found = await store.call(({ expressions }) => expressions.findLostOwnership(pairs))
    const lost = new Map(found.map(({ id, ended }) => [id, ended]))
    for (const owned of asked) {
      const ended = lost.get(owned.id)
      if (ended === true) this.ending.drop(owned.id)
      else if (ended === false) this.ending.letGo(owned)
    }
  }

  async leave(): Promise<void> {
    const { store, deps } = this.parts
    await store.call(({ expressions }) => expressions.release(deps.replicaId))
    await store.call(({ presence }) => presence.remove(deps.replicaId))
  }

  async sweepStranded(): Promise<void> {
    const { store, deps } = this.parts
    const stranded = new Set(await store.call(({ presence }) => presence.findStranded()))
    const now = deps.clock.now()
    for (const agentId of this.strandedSince.keys()) if (!stranded.has(agentId)) this.strandedSince.delete(agentId)
    for (const agentId of stranded) if (!this.strandedSince.has(agentId)) this.strandedSince.set(agentId, now)
    const over = [...this.strandedSince].filter(([, since]) => now - since >= deps.environment.RESUME_GRACE_MS)
    if (over.length === 0) return
    await store.call(({ presence }) => presence.giveUpStranded(over.map(([agentId]) => agentId)))
  }

  private async rejoin(): Promise<void> {
    const { store, deps } = this.parts
    await store.call(({ expressions }) => expressions.release(deps.replicaId))
    for (const owned of [...deps.state.owned.values()]) this.ending.letGo(owned)
    await this.join()
  }
}
