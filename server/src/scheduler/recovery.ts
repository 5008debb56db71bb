import { findStrandedAgents } from '../store/agents/stranded-agents.ts'
import type { SchedulerDeps } from './deps.ts'
import { inBackground } from './in-background.ts'
import type { OwnedExpression } from './owned-expression.ts'
import { persist } from './persist.ts'

/**
 * Expressions taken over from a lost replica. Who held their tasks went with its memory, but the agents know: nothing is placed until
 * those that were connected to it have come back with what they hold, or their time has passed. So a crash of the server makes no task
 * be computed twice while its agent lives.
 */
export class Recovery {
  /** Called with each before its tasks are placed: what agents have returned meanwhile, to whatever replica, is in the log alone. */
  beforePlacing: (owned: OwnedExpression) => Promise<void> = () => Promise.resolve()
  private waiting: { owned: Set<OwnedExpression>; agents: Set<string> } | null = null
  private readonly deps: SchedulerDeps

  constructor(deps: SchedulerDeps) {
    this.deps = deps
  }

  /** Holds back what was taken over, while there is an agent to wait for. */
  async add(owned: readonly OwnedExpression[]): Promise<void> {
    const { database, logger, environment, state } = this.deps
    for (const expression of owned) expression.recovering = true
    // Those of a replica that was lost a moment ago may be waited for still: then all wait for the agents of both.
    const earlier = this.waiting
    const waiting = {
      owned: new Set([...(earlier?.owned ?? []), ...owned]),
      agents: new Set(earlier?.agents),
    }
    this.waiting = waiting
    const stranded = await persist(logger, 'find stranded agents', () => findStrandedAgents(database.pool))
    for (const agentId of stranded) if (!state.sessions.get(agentId)?.attachment) waiting.agents.add(agentId)
    logger.info({ expressions: owned.length, agents: waiting.agents.size }, 'taking over from a lost replica')
    if (waiting.agents.size === 0) this.finish()
    else setTimeout(() => this.giveUp(waiting.agents), environment.RESUME_GRACE_MS).unref()
  }

  agentCame(agentId: string): void {
    if (this.waiting?.agents.delete(agentId) && this.waiting.agents.size === 0) this.finish()
  }

  /** Their time has passed. `sweepStranded` writes that they are gone. */
  private giveUp(agents: ReadonlySet<string>): void {
    // Those that it was for may all have come, and another wait have begun.
    if (this.waiting?.agents === agents) this.finish()
  }

  private finish(): void {
    const owned = this.waiting?.owned ?? []
    this.waiting = null
    for (const expression of owned)
      inBackground(this.deps.logger, 'go on with an expression', () => this.place(expression))
  }

  private async place(expression: OwnedExpression): Promise<void> {
    await this.beforePlacing(expression)
    expression.recovering = false
    for (const task of expression.graph.ready()) this.deps.dispatcher.enqueue(expression, task)
  }
}
