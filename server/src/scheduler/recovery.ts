import { findStrandedAgents, giveUpStrandedAgents } from '../store/agents/stranded-agents.ts'
import type { SchedulerDeps } from './deps.ts'
import type { OwnedExpression } from './owned-expression.ts'
import { persist } from './persist.ts'

/**
 * Expressions taken over from a lost replica. Who held their tasks went with its memory, but the agents know: nothing is placed until
 * those that were connected to it have come back with what they hold, or their time has passed. So a crash of the server makes no task
 * be computed twice while its agent lives.
 */
export class Recovery {
  private waiting: { owned: Set<OwnedExpression>; agents: Set<string> } | null = null
  private readonly deps: SchedulerDeps

  constructor(deps: SchedulerDeps) {
    this.deps = deps
  }

  /** Holds back what was taken over, while there is an agent to wait for. */
  async add(owned: readonly OwnedExpression[]): Promise<void> {
    for (const expression of owned) expression.recovering = true
    if (this.waiting) {
      for (const expression of owned) this.waiting.owned.add(expression)
      return
    }
    const { database, logger, environment, state } = this.deps
    const waiting = { owned: new Set(owned), agents: new Set<string>() }
    this.waiting = waiting
    const stranded = await persist(logger, 'find stranded agents', () => findStrandedAgents(database.pool))
    for (const agentId of stranded) if (!state.sessions.has(agentId)) waiting.agents.add(agentId)
    logger.info({ expressions: owned.length, agents: waiting.agents.size }, 'taking over from a lost replica')
    if (waiting.agents.size === 0) return this.finish()
    setTimeout(() => void this.giveUp(waiting.agents), environment.RESUME_GRACE_MS).unref()
  }

  agentCame(agentId: string): void {
    if (this.waiting?.agents.delete(agentId) && this.waiting.agents.size === 0) this.finish()
  }

  private async giveUp(agents: ReadonlySet<string>): Promise<void> {
    const { database, announcer, logger } = this.deps
    this.finish()
    const ids = [...agents]
    const lost = await persist(logger, 'give up stranded agents', () => giveUpStrandedAgents(database.pool, ids))
    for (const id of lost) announcer.announce({ kind: 'agent', id })
  }

  private finish(): void {
    const owned = this.waiting?.owned ?? []
    this.waiting = null
    for (const expression of owned) {
      expression.recovering = false
      for (const task of expression.graph.ready()) this.deps.dispatcher.enqueue(expression, task)
    }
  }
}
