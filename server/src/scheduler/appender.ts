import { appendResults, type Appended, type Completion, type NewResult } from '../store/expressions/append-results.ts'
import { Batcher } from '../store/batcher.ts'
import type { TaskReceipt } from '../use-cases/scheduler-port.ts'
import type { SchedulerDeps } from './deps.ts'
import type { OwnedExpression } from './owned-expression.ts'
import { persist } from './persist.ts'

/** A result that waits for its place in the log. */
export interface Arrived {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  readonly agentId: string
  readonly value: string
  /** Milliseconds since the Unix epoch, by this process's clock. */
  readonly readyAt: number | null
  readonly startedAt: number
  /** Null for an expression that this replica does not own. */
  readonly owned: OwnedExpression | null
}

/** The append loop: one append to the log is under way at a time, and what arrives meanwhile is the next. */
export class Appender {
  private readonly batcher: Batcher<Arrived, TaskReceipt>
  /** By expression and task, so that no pair stands twice in a batch. */
  private readonly pending = new Map<string, Promise<TaskReceipt>>()
  private readonly deps: SchedulerDeps
  private readonly onCompleted: (owned: OwnedExpression, completed: boolean) => void

  /** @param onCompleted told of each expression whose last result was written, and whether that ended it */
  constructor(deps: SchedulerDeps, onCompleted: (owned: OwnedExpression, completed: boolean) => void) {
    this.deps = deps
    this.onCompleted = onCompleted
    this.batcher = new Batcher((arrived) => this.append(arrived))
  }

  /** Resolves once the log holds a result of this task: this one or an earlier one. */
  async add(arrived: Arrived): Promise<TaskReceipt> {
    const key = `${arrived.expressionId}:${arrived.task}`
    const earlier = this.pending.get(key)
    if (earlier) {
      const receipt = await earlier
      return receipt === 'ACCEPTED' ? 'DUPLICATE' : receipt
    }
    const receipt = this.batcher.add(arrived)
    this.pending.set(key, receipt)
    try {
      return await receipt
    } finally {
      this.pending.delete(key)
    }
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    while (this.pending.size > 0) await Promise.allSettled(this.pending.values())
  }

  private async append(batch: readonly Arrived[]): Promise<TaskReceipt[]> {
    // Of an expression that ended meanwhile nothing more is wanted.
    const wanted = batch.filter(({ owned }) => !owned?.ended)
    const finishing = findFinishing(wanted)
    const appended = await this.write(wanted, finishing)
    const places = new Map(wanted.map((arrived, place) => [arrived, place]))
    this.commit(wanted)
    for (const owned of finishing) this.onCompleted(owned, appended.completed.has(owned.id))
    return batch.map((arrived) => {
      const place = places.get(arrived)
      if (place === undefined) return 'NOT_NEEDED'
      return appended.duplicates.has(place) ? 'DUPLICATE' : 'ACCEPTED'
    })
  }

  private write(wanted: readonly Arrived[], finishing: readonly OwnedExpression[]): Promise<Appended> {
    const { clock, database, logger } = this.deps
    const completions: Completion[] = finishing.map(({ id, epoch, graph }) => {
      if (graph.result === null) throw new Error(`expression ${id} has all its results and none of its own`)
      return { expressionId: id, epoch, result: graph.result }
    })
    return persist(logger, 'append results to the log', () => {
      const now = clock.now()
      const rows = wanted.map(({ owned: _, readyAt, startedAt, ...result }): NewResult => ({
        ...result,
        readyAgoMs: readyAt === null ? null : Math.max(0, now - readyAt),
        startedAgoMs: Math.max(0, now - startedAt),
      }))
      return appendResults(database.pool, rows, completions)
    })
  }

  private commit(wanted: readonly Arrived[]): void {
    const { announcer, state } = this.deps
    const changed = new Map<string, { owned: OwnedExpression | null; tasks: Set<number> }>()
    for (const { owned, expressionId, task } of wanted) {
      owned?.graph.commit(task)
      const change = changed.get(expressionId) ?? { owned, tasks: new Set() }
      changed.set(expressionId, change)
      change.tasks.add(task)
      // The parent may show what it is only now that its operand may.
      const parent = owned?.graph.task(task).parent ?? -1
      if (parent !== -1) change.tasks.add(parent)
    }
    for (const [expressionId, { owned, tasks }] of changed) {
      announcer.announce({ kind: 'tasks', expressionId, tasks: [...tasks] })
      if (owned) announcer.announce({ kind: 'expression', id: expressionId, ownerId: owned.ownerId })
    }
    state.results.add(wanted.length)
    announcer.announce({ kind: 'stats' })
  }
}

/** Expressions that have all their results once this batch is written. */
function findFinishing(wanted: readonly Arrived[]): OwnedExpression[] {
  const counts = new Map<OwnedExpression, number>()
  for (const { owned } of wanted) if (owned) counts.set(owned, (counts.get(owned) ?? 0) + 1)
  return [...counts].flatMap(([owned, count]) =>
    owned.graph.succeeded + count === owned.graph.tasks.length ? [owned] : [],
  )
}
