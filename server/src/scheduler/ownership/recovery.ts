import type { SchedulerDeps } from '../placing/deps.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import type { Appender } from '../results/appender.ts'
import type { Attempts } from '../results/attempts.ts'
import type { CatchUp } from '../results/catch-up.ts'
import type { ForeignResults } from '../results/foreign-results.ts'

interface Parts {
  readonly appender: Appender
  readonly attempts: Attempts
  readonly catchUp: CatchUp
  readonly foreignResults: ForeignResults
}

/**
 * Expressions taken over from a lost replica. Who held their tasks went with its memory, but the agents know: nothing is placed until
 * those that were connected to it have come back with what they hold, or their time has passed. So a crash of the server makes no task
 * be computed twice while its agent lives. See docs/decisions/0006.
 */
export class Recovery {
  /** Agents that may come back, and replicas that are to tell what those that came to them hold. */
  private waiting: { owned: Set<OwnedExpression>; awaited: Set<string> } | null = null
  private readonly deps: SchedulerDeps
  private readonly parts: Parts

  constructor(deps: SchedulerDeps, parts: Parts) {
    this.deps = deps
    this.parts = parts
  }

  /** Holds back what was taken over, while there is an agent to wait for. */
  async add(owned: readonly OwnedExpression[]): Promise<void> {
    const { announcer, clock, logger, environment, persistent, replicaId, state } = this.deps
    for (const expression of owned) expression.recover()
    // Expressions of a replica that was lost a moment ago may be waiting still: then all wait for the agents of both.
    const earlier = this.waiting
    const waiting = {
      owned: new Set([...(earlier?.owned ?? []), ...owned]),
      awaited: new Set(earlier?.awaited),
    }
    this.waiting = waiting
    const { presence } = persistent
    const [orphaned, replicas] = await Promise.all([presence.findOrphaned(), persistent.replicas.list()])
    for (const agentId of orphaned) if (state.sessions.get(agentId)?.place.kind !== 'here') waiting.awaited.add(agentId)
    for (const id of replicas) if (id !== replicaId) waiting.awaited.add(id)
    logger.info({ expressions: owned.length, awaited: waiting.awaited.size }, 'taking over from a lost replica')
    announcer.broadcast({ kind: 'assignmentsWanted', expressionIds: owned.map(({ id }) => id) })
    if (waiting.awaited.size === 0) this.finish()
    else clock.after(environment.RESUME_GRACE_MS, () => this.giveUp(waiting.awaited))
  }

  /** An agent is back, here or elsewhere; or a replica has told what its agents hold. */
  came(id: string): void {
    if (this.waiting?.awaited.delete(id) && this.waiting.awaited.size === 0) this.finish()
  }

  /** Their time has passed. `OrphanedAgents` writes that they are gone. */
  private giveUp(awaited: ReadonlySet<string>): void {
    // All that it was for may have come, and another wait have begun.
    if (this.waiting?.awaited === awaited) this.finish()
  }

  private finish(): void {
    const owned = this.waiting?.owned ?? []
    this.waiting = null
    for (const expression of owned)
      inBackground(this.deps.logger, 'go on with an expression', () => this.place(expression))
  }

  private async place(expression: OwnedExpression): Promise<void> {
    const { appender, attempts, catchUp, foreignResults } = this.parts
    // What came before it was this replica's may be held against the log still.
    await foreignResults.settle(expression.id)
    // Results that agents have returned meanwhile, to whatever replica, are in the log alone.
    await appender.flush()
    await catchUp.run(expression)
    await attempts.endIfSpent(expression)
    expression.run()
    for (const task of expression.graph.ready()) this.deps.dispatcher.enqueue(expression, task)
  }
}
