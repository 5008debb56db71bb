import type { Appended, Completion } from '../../store/expressions/append-results.ts'
import type { StoredFailure } from '../../store/expressions/fail-expression.ts'
import type { ExpressionRow } from '../../store/expressions/load-expressions.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { hasOffer } from '../memory/remote-assignment.ts'

/** How expressions leave this replica's memory. See docs/decisions/0005. */
export class Ending {
  private readonly deps: SchedulerDeps

  constructor(deps: SchedulerDeps) {
    this.deps = deps
  }

  /** Fails an expression, once, and cancels what is left of it. */
  async fail(owned: OwnedExpression, failure: StoredFailure): Promise<void> {
    if (owned.isOver) return
    this.stop(owned)
    const { logger, persistent } = this.deps
    try {
      if (await persistent.ownership.fail(owned.id, owned.epoch, failure)) {
        this.deps.meter.count('expressions_finished_total', 'FAILED')
        this.deps.tracer?.ended(owned, 'FAILED', failure.code)
        this.forget(owned)
      } else await this.leave(owned)
    } catch (error) {
      logger.error({ err: error, expression: owned.id }, 'the database refused a failure')
      this.release(owned)
    }
  }

  /**
   * Ends an expression whose log is complete, or of which it is known now what it fails of. Whoever commits or replays results asks this,
   * and nobody else decides it; but where a batch brings the last of them it is ended with that: see `completionOf`.
   */
  async endIfDone(owned: OwnedExpression): Promise<void> {
    const { fault } = owned
    if (fault !== null) return this.fail(owned, fault)
    if (owned.isOver || !owned.graph.isComplete) return
    this.noteCompleted(owned, await this.deps.persistent.log.append([], [completionOf(owned)]))
  }

  /** The statement that was to end it is done. */
  noteCompleted(owned: OwnedExpression, { completed }: Appended): void {
    if (owned.isOver) return
    this.stop(owned)
    const finishedAt = completed.get(owned.id)
    if (finishedAt) {
      this.measure(owned, finishedAt)
      this.deps.tracer?.ended(owned, 'SUCCEEDED')
      this.forget(owned, owned.endedRow(finishedAt))
    } else inBackground(this.deps.logger, 'leave an expression', () => this.leave(owned))
  }

  private measure({ row }: OwnedExpression, finishedAt: Date): void {
    const { meter } = this.deps
    meter.count('expressions_finished_total', 'SUCCEEDED')
    if (row?.startedAt == null) return
    meter.observe('expression_wait_seconds', secondsBetween(row.createdAt, row.startedAt))
    meter.observe('expression_duration_seconds', secondsBetween(row.startedAt, finishedAt))
  }

  /**
   * A user ended the expression, or has had it begin anew.
   * @param before only what is of an earlier epoch than this
   */
  discard(expressionId: string, before = Infinity): void {
    const owned = this.deps.state.owned.get(expressionId)
    if (owned === undefined || owned.isOver || owned.epoch >= before) return
    this.deps.tracer?.ended(owned, 'CANCELLED')
    this.stop(owned)
    this.forget(owned)
  }

  /**
   * An expression leaves without a word to the agents: it is another replica's, or is to be loaded anew because memory and database no longer
   * agree. What the agents compute of it still counts.
   */
  release(owned: OwnedExpression): void {
    owned.release()
    const { announcer, book } = this.deps
    this.disown(owned)
    book.release(owned)
    // Whoever watches here was shown this memory, which may be behind: nothing changed for anybody elsewhere.
    announcer.relay({ kind: 'expression', id: owned.id, ownerId: owned.ownerId })
    announcer.relay({ kind: 'tasks', expressionId: owned.id, tasks: unfinished(owned) })
  }

  /** Nothing of the expression is placed any more, and its assignments are revoked. */
  private stop(owned: OwnedExpression): void {
    owned.end()
    for (const task of owned.graph.tasks.keys()) this.deps.dispatcher.revoke(owned.assigneesOf(task))
    this.deps.dispatcher.request()
  }

  /** The write that was to end it was fenced: somebody else has ended it, or it is another replica's and goes on there. */
  private async leave(owned: OwnedExpression): Promise<void> {
    const { logger, persistent } = this.deps
    logger.warn({ expression: owned.id }, 'an expression was ended or taken by somebody else')
    const [lost] = await persistent.ownership.findLost([owned])
    if (lost?.ended === true) this.forget(owned)
    else this.release(owned)
  }

  /** An expression is no longer in memory: nothing of it is to be computed for this replica, by others either. */
  private disown(owned: OwnedExpression): void {
    const { logger, persistent, state } = this.deps
    state.disown(owned)
    const remote = state.remote.of(owned)
    for (const assignment of remote) state.remote.remove(assignment)
    const offers = remote.filter(hasOffer)
    if (offers.length > 0) inBackground(logger, 'remove offers', () => persistent.offers.remove(offers))
  }

  /** The expression has ended. */
  private forget(owned: OwnedExpression, row?: ExpressionRow): void {
    const { announcer } = this.deps
    this.disown(owned)
    announcer.announce({ kind: 'expression', id: owned.id, ownerId: owned.ownerId, row })
    announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: unfinished(owned) })
    announcer.broadcast({
      kind: 'expressionLeft',
      id: owned.id,
      ownerId: owned.ownerId,
      epoch: owned.epoch,
      mayBeElsewhere: owned.remote !== null,
    })
    announcer.signal({ kind: 'stats' })
  }
}

/** The end of an expression, for the commit that completes its log. */
export function completionOf({ id, epoch, graph: { result, finishedAt } }: OwnedExpression): Completion {
  if (result === null) throw new Error(`expression ${id} has all its results and none of its own`)
  return { expressionId: id, epoch, result, finishedAt }
}

const secondsBetween = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1_000

const unfinished = (owned: OwnedExpression): number[] =>
  owned.graph.tasks.flatMap(({ state }, task) => (state === 'SUCCEEDED' ? [] : [task]))
