import type { SchedulerDeps } from '../placing/deps.ts'
import { sampleOf } from '../../realtime/readers/cluster-samples.ts'
import type { Ending } from '../results/ending.ts'

/** This replica among the others: it says that it lives, and learns when it was thought lost. */
export class Membership {
  /** Replicas that counted at the last heartbeat. */
  private replicas: ReadonlySet<string> = new Set()
  /** When it last said that it lives. */
  private beatAt: number | null = null
  private judgesFrom = -Infinity
  private readonly deps: SchedulerDeps
  private readonly ending: Ending

  constructor(deps: SchedulerDeps, ending: Ending) {
    this.deps = deps
    this.ending = ending
  }

  async join(): Promise<void> {
    await this.deps.store.replicas.register(this.deps.replicaId)
  }

  async beat(): Promise<void> {
    const { replicaId, state, store, environment, announcer } = this.deps
    const { REPLICA_TIMEOUT_MS: timeoutMs } = environment
    const stats = { ...state.stats(), demand: state.demand(), flow: state.flow.take(this.deps.clock.now()) }
    const mayJudge = this.mayJudge(timeoutMs)
    const heartbeat = await store.replicas.heartbeat(replicaId, stats, timeoutMs, mayJudge)
    this.beatAt = this.deps.clock.now()
    state.beatAt = this.beatAt
    state.others = heartbeat.others
    state.hasQueued = heartbeat.hasQueued ?? false
    if (state.clusterSamples.isDue(this.beatAt))
      state.clusterSamples.add(sampleOf(this.beatAt, [stats, ...heartbeat.others]))
    announcer.signal({ kind: 'stats' })
    const replicas = await store.replicas.list()
    // Word that a replica had still to give went with it. By their ids: another may have come in the place of one that is gone.
    if ([...this.replicas].some((id) => !replicas.has(id))) announcer.signal({ kind: 'missed', forMs: 2 * timeoutMs })
    this.replicas = replicas
    if (!heartbeat.alive) await this.rejoin()
  }

  /** Expressions that have ended or become another replica's without this one hearing of it leave its memory. */
  async checkOwnership(): Promise<void> {
    const { state, store } = this.deps
    const asked = [...state.owned.values()]
    if (asked.length === 0) return
    const lost = new Map((await store.ownership.findLost(asked)).map(({ id, ended }) => [id, ended]))
    for (const owned of asked) {
      const ended = lost.get(owned.id)
      // It may have gone meanwhile, and come back in a later epoch.
      if (state.owned.get(owned.id) !== owned) continue
      if (ended === true) this.ending.discard(owned.id)
      else if (ended === false) this.ending.release(owned)
    }
  }

  /** All that this replica owns is free, so that the others go on with it at once. */
  async leave(): Promise<void> {
    const { replicaId, store } = this.deps
    await store.ownership.release(replicaId)
    await store.replicas.remove(replicaId)
  }

  /**
   * A replica that could not reach the database for a while does not know who else could not: after an outage for all, the first to come
   * back would take all others for lost, and their agents' work would be done twice. So it gives them the time that they have.
   */
  private mayJudge(timeoutMs: number): boolean {
    const now = this.deps.clock.now()
    if (this.beatAt !== null && now - this.beatAt > 0.75 * timeoutMs) this.judgesFrom = now + timeoutMs
    return now >= this.judgesFrom
  }

  /** This replica was silent for too long: what it had in memory belongs to others now, or to whoever takes it next. */
  private async rejoin(): Promise<void> {
    const { logger, replicaId, state, store } = this.deps
    logger.warn('this replica was silent for too long and was taken for lost; it begins anew')
    await store.ownership.release(replicaId)
    for (const owned of [...state.owned.values()]) this.ending.release(owned)
    await this.join()
  }
}
