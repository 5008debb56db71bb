import type { SchedulerDeps } from '../placing/deps.ts'

/** Agents that are written down as gone: those whose replica is lost and that have not come back to any other in their time. */
export class OrphanedAgents {
  /** By agent, since when it is known to be orphaned. */
  private readonly since = new Map<string, number>()
  private readonly deps: SchedulerDeps

  constructor(deps: SchedulerDeps) {
    this.deps = deps
  }

  async sweep(): Promise<void> {
    const { store, clock, environment, announcer } = this.deps
    const orphaned = new Set(await store.presence.findOrphaned())
    for (const agentId of this.since.keys()) if (!orphaned.has(agentId)) this.since.delete(agentId)
    for (const agentId of orphaned) if (!this.since.has(agentId)) this.since.set(agentId, clock.now())
    const over = [...this.since].filter(([, since]) => clock.now() - since >= environment.RESUME_GRACE_MS)
    if (over.length === 0) return
    const gone = await store.presence.giveUpOrphaned(over.map(([agentId]) => agentId))
    for (const id of gone) announcer.announce({ kind: 'agent', id })
  }
}
