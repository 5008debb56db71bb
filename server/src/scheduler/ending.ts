import { failExpression, type StoredFailure } from '../store/expressions/fail-expression.ts'
import type { SchedulerDeps } from './deps.ts'
import type { OwnedExpression } from './owned-expression.ts'
import { persist } from './persist.ts'

/** How expressions leave this replica's memory. */
export class Ending {
  private readonly deps: SchedulerDeps

  constructor(deps: SchedulerDeps) {
    this.deps = deps
  }

  /** Fails an expression, once, and cancels what is left of it. */
  async fail(owned: OwnedExpression, failure: StoredFailure): Promise<void> {
    if (owned.ended) return
    this.stop(owned)
    const { database, logger } = this.deps
    await persist(logger, 'fail an expression', () => failExpression(database.pool, owned.id, owned.epoch, failure))
    this.forget(owned)
  }

  /** All results are in the log. If that did not end it, somebody else did, or it belongs to another replica now. */
  complete(owned: OwnedExpression, completed: boolean): void {
    if (!completed) this.deps.logger.warn({ expression: owned.id }, 'an expression was ended or taken by somebody else')
    this.stop(owned)
    this.forget(owned)
  }

  /** It was ended by somebody else: a user cancelled it. */
  drop(expressionId: string): void {
    const owned = this.deps.state.owned.get(expressionId)
    if (owned === undefined || owned.ended) return
    this.stop(owned)
    this.forget(owned)
  }

  /** Places nothing of it any more and takes it from the agents. */
  private stop(owned: OwnedExpression): void {
    owned.ended = true
    const { state, announcer, dispatcher } = this.deps
    for (const { holders } of owned.graph.tasks)
      for (const { agentId, ticket } of holders) {
        const session = state.sessions.get(agentId)
        if (!session?.held.delete(ticket)) continue
        session.revision++
        session.attachment?.outbox.revoke(ticket)
        announcer.announce({ kind: 'agentWork', id: agentId })
      }
    dispatcher.request()
  }

  private forget(owned: OwnedExpression): void {
    const { state, announcer } = this.deps
    state.owned.delete(owned.id)
    announcer.announce({ kind: 'expression', id: owned.id, ownerId: owned.ownerId })
    announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: unfinished(owned) })
    announcer.announce({ kind: 'expressionLeft', ownerId: owned.ownerId })
    announcer.announce({ kind: 'stats' })
  }
}

const unfinished = (owned: OwnedExpression): number[] =>
  owned.graph.tasks.flatMap(({ state }, task) => (state === 'SUCCEEDED' ? [] : [task]))
