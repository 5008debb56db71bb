import { decodePlan } from '../../../src/domain/plan-codec.ts'
import { CatchUp } from '../../../src/scheduler/catch-up.ts'
import type { Ending } from '../../../src/scheduler/ending.ts'
import { OwnedExpression } from '../../../src/scheduler/owned-expression.ts'
import { persist } from '../../../src/scheduler/persist.ts'
import { claimHeld } from '../../../src/scheduler/resume.ts'
import { takeBack } from '../../../src/scheduler/take-back.ts'
import type { ModelOwnedRow } from '../../model/expression-model.ts'
import type { Parts } from './parts.ts'

/** What the loader and the catching up of a replica read of the model of the store. */
export class LogReader extends CatchUp {
  private readonly parts: Parts
  private readonly endings: Ending

  constructor(parts: Parts, ending: Ending) {
    super(parts.deps, ending)
    this.parts = parts
    this.endings = ending
  }

  /** As the scheduler's `Loader`. */
  async load(rows: readonly ModelOwnedRow[]): Promise<OwnedExpression[]> {
    if (rows.length === 0) return []
    const { state } = this.parts.deps
    const ids = rows.map(({ id }) => id)
    for (const id of ids) state.incoming.add(id)
    try {
      const wanted = (await this.read(rows)).filter(({ id }) => !state.incoming.isCancelled(id))
      for (const owned of wanted) {
        const earlier = state.owned.get(owned.id)
        if (earlier) this.endings.letGo(earlier)
        state.own(owned)
        claimHeld(this.parts.deps, owned)
      }
      return wanted
    } finally {
      for (const id of ids) state.incoming.delete(id)
    }
  }

  override async run(owned: OwnedExpression, tasks?: readonly number[]): Promise<void> {
    const { logger, announcer, dispatcher } = this.parts.deps
    const log = await persist(logger, 'read a log', () =>
      this.parts.store.call(({ expressions }) => expressions.log(owned.id)),
    )
    if (owned.ended) return
    for (const result of log) {
      const { task } = result
      const record = owned.graph.task(task)
      if (record.state === 'SUCCEEDED' || tasks?.includes(task) === false) continue
      takeBack(this.parts.deps, owned.holdersOf(task))
      const { readyAt } = record
      const ready = owned.graph.replay(result)
      // Whoever wrote it may not have known.
      record.readyAt ??= readyAt
      announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: [task] })
      announcer.announce({ kind: 'expression', id: owned.id, ownerId: owned.ownerId })
      if (ready !== null) dispatcher.enqueue(owned, ready)
    }
    await this.endIfComplete(owned)
  }

  override async endIfComplete(owned: OwnedExpression): Promise<void> {
    const { id, epoch, graph } = owned
    if (owned.ended || !graph.isComplete || graph.result === null) return
    const completion = { expressionId: id, epoch, result: graph.result }
    const { completed } = await persist(this.parts.deps.logger, 'end an expression', () =>
      this.parts.store.call(({ expressions }) => expressions.append([], [completion])),
    )
    if (!owned.ended) this.endings.complete(owned, completed.get(id))
  }

  private async read(rows: readonly ModelOwnedRow[]): Promise<OwnedExpression[]> {
    const { clock, logger, state } = this.parts.deps
    const read = await persist(logger, 'read logs', () =>
      this.parts.store.call(({ expressions }) => ({
        logs: new Map(rows.map(({ id }) => [id, expressions.log(id)])),
        failedAttempts: expressions.failedAttempts(rows.map(({ id }) => id)),
      })),
    )
    return rows.map(({ plan, ...row }) => {
      const expression = { ...row, plan: decodePlan(plan) }
      const owned = new OwnedExpression(expression, read.logs.get(row.id) ?? [], state.currentDurations, clock.now())
      for (const { expressionId, task, attempt, epoch } of read.failedAttempts) {
        if (expressionId !== row.id) continue
        owned.graph.noteAttempt(task, attempt)
        if (epoch >= owned.retryEpoch) owned.noteFailure(task, attempt)
      }
      return owned
    })
  }
}
