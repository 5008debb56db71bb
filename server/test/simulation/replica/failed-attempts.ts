import { retryDelayMs } from '../../../src/domain/retry.ts'
import { Attempts, type Failed } from '../../../src/scheduler/attempts.ts'
import type { Ending } from '../../../src/scheduler/ending.ts'
import type { OwnedExpression } from '../../../src/scheduler/owned-expression.ts'
import { persist } from '../../../src/scheduler/persist.ts'
import type { Parts } from './parts.ts'

/** Attempts that failed go to the model of the store; handing back is the scheduler's own. */
export class FailedAttempts extends Attempts {
  private readonly parts: Parts
  private readonly endings: Ending

  constructor(parts: Parts, ending: Ending) {
    super(parts.deps, ending)
    this.parts = parts
    this.endings = ending
  }

  override async fail(failed: readonly Failed[]): Promise<void> {
    const { clock, environment, logger, announcer } = this.parts.deps
    const spent: Failed[] = []
    for (const attempt of failed) {
      const { held, outcome } = attempt
      const { owned } = held
      if (!owned || owned.ended) continue
      const failures = owned.noteFailure(held.task, held.attempt)
      const ready = owned.graph.release(held.task, held.ticket)
      if (failures >= environment.MAX_ATTEMPTS) spent.push(attempt)
      else if (ready) this.tryLater(owned, held.task, outcome === 'AGENT_ERROR' ? failures : 0)
    }
    const now = clock.now()
    const rows = failed.map(({ held: { expressionId, task, attempt, epoch, agentId, since }, outcome, message }) => ({
      ...{ expressionId, task, attempt, epoch, agentId, outcome, message },
      startedAgoMs: Math.max(0, now - since),
    }))
    if (rows.length > 0 && this.parts.broken !== 'does not record failed attempts')
      await persist(logger, 'keep failed attempts', () =>
        this.parts.store.call(({ expressions }) => expressions.recordFailedAttempts(rows)),
      )
    await this.returnOffers(failed.flatMap(({ held: { offer } }) => (offer ? [offer] : [])))
    for (const { held, message } of spent)
      if (held.owned)
        await this.endings.fail(held.owned, {
          ...{ code: 'ATTEMPTS_SPENT', message, task: held.task, attempt: held.attempt, agentId: held.agentId },
        })
    for (const { held } of failed)
      announcer.announce({ kind: 'tasks', expressionId: held.expressionId, tasks: [held.task] })
  }

  private tryLater(owned: OwnedExpression, task: number, failures: number): void {
    const { dispatcher, ids } = this.parts.deps
    if (failures === 0) return dispatcher.enqueue(owned, task)
    setTimeout(
      () => {
        if (owned.graph.task(task).state === 'READY') dispatcher.enqueue(owned, task)
      },
      retryDelayMs(failures, ids.random()),
    ).unref()
  }
}
