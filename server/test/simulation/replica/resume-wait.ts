import type { OwnedExpression } from '../../../src/scheduler/owned-expression.ts'
import { persist } from '../../../src/scheduler/persist.ts'
import type { Parts } from './parts.ts'

/** As the scheduler's `Recovery`: what was taken over waits for the agents that may hold it. */
export class ResumeWait {
  private waiting: { owned: Set<OwnedExpression>; agents: Set<string> } | null = null
  private readonly parts: Parts
  private readonly beforePlacing: (owned: OwnedExpression) => Promise<void>

  constructor(parts: Parts, beforePlacing: (owned: OwnedExpression) => Promise<void>) {
    this.parts = parts
    this.beforePlacing = beforePlacing
  }

  async add(owned: readonly OwnedExpression[]): Promise<void> {
    const { logger, environment, state } = this.parts.deps
    for (const expression of owned) expression.recovering = true
    const earlier = this.waiting
    const waiting = {
      owned: new Set([...(earlier?.owned ?? []), ...owned]),
      agents: new Set(earlier?.agents),
    }
    this.waiting = waiting
    const stranded = await persist(logger, 'find stranded agents', () =>
      this.parts.store.call(({ presence }) => presence.findStranded()),
    )
    for (const agentId of stranded) if (!state.sessions.has(agentId)) waiting.agents.add(agentId)
    if (waiting.agents.size === 0) return this.finish()
    setTimeout(() => {
      if (this.waiting?.agents === waiting.agents) this.finish()
    }, environment.RESUME_GRACE_MS).unref()
  }

  agentCame(agentId: string): void {
    if (this.waiting?.agents.delete(agentId) && this.waiting.agents.size === 0) this.finish()
  }

  private finish(): void {
    const owned = this.waiting?.owned ?? []
    this.waiting = null
    for (const expression of owned) void this.place(expression)
  }

  private async place(expression: OwnedExpression): Promise<void> {
    await this.beforePlacing(expression)
    expression.recovering = false
    for (const task of expression.graph.ready()) this.parts.deps.dispatcher.enqueue(expression, task)
  }
}
