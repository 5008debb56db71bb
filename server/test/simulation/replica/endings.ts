import { Ending } from '../../../src/scheduler/ending.ts'
import type { OwnedExpression } from '../../../src/scheduler/owned-expression.ts'
import { persist } from '../../../src/scheduler/persist.ts'
import { takeBack } from '../../../src/scheduler/take-back.ts'
import type { StoredFailure } from '../../../src/store/expressions/fail-expression.ts'
import type { Parts } from './parts.ts'

/** How expressions leave a replica's memory; a failure goes to the model of the store. */
export class Endings extends Ending {
  private readonly parts: Parts

  constructor(parts: Parts) {
    super(parts.deps)
    this.parts = parts
  }

  override async fail(owned: OwnedExpression, failure: StoredFailure): Promise<void> {
    if (owned.ended) return
    owned.ended = true
    for (const task of owned.graph.tasks.keys()) takeBack(this.parts.deps, owned.holdersOf(task))
    await persist(this.parts.deps.logger, 'fail an expression', () =>
      this.parts.store.call(({ expressions }) => expressions.fail(owned.id, owned.epoch, failure)),
    )
    this.forget(owned)
  }
}
