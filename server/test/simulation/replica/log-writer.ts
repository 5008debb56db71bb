import { Appender, type Arrived } from '../../../src/scheduler/appender.ts'
import type { Ending } from '../../../src/scheduler/ending.ts'
import type { OwnedExpression } from '../../../src/scheduler/owned-expression.ts'
import { persist } from '../../../src/scheduler/persist.ts'
import { Batcher } from '../../../src/store/batcher.ts'
import type { Appended, Completion } from '../../../src/store/expressions/append-results.ts'
import type { TaskReceipt } from '../../../src/use-cases/scheduler-port.ts'
import type { Parts } from './parts.ts'

/** The append loop, on the model of the store. */
export class LogWriter extends Appender {
  private readonly batches = new Batcher<Arrived, TaskReceipt>((batch) => this.appendBatch(batch))
  private readonly underWay = new Map<string, Promise<TaskReceipt>>()
  private readonly parts: Parts
  private readonly endings: Ending

  constructor(parts: Parts, ending: Ending) {
    super(parts.deps, ending)
    this.parts = parts
    this.endings = ending
  }

  override add(arrivals: readonly Arrived[]): Promise<TaskReceipt[]> {
    return Promise.all(arrivals.map((arrived) => this.addOne(arrived)))
  }

  private async addOne(arrived: Arrived): Promise<TaskReceipt> {
    const key = `${arrived.expressionId}:${arrived.task}`
    const earlier = this.underWay.get(key)
    if (earlier) {
      const receipt = await earlier
      return receipt === 'ACCEPTED' ? 'DUPLICATE' : receipt
    }
    const receipt = this.batches.add(arrived)
    this.underWay.set(key, receipt)
    void receipt.finally(() => this.underWay.delete(key))
    if (this.parts.broken === 'acknowledges before the commit') return 'ACCEPTED'
    return receipt
  }

  override async idle(): Promise<void> {
    while (this.underWay.size > 0) await this.flush()
  }

  override async flush(): Promise<void> {
    await Promise.allSettled(this.underWay.values())
  }

  private async appendBatch(arrivals: readonly Arrived[]): Promise<TaskReceipt[]> {
    const batch = arrivals.map((arrived) => (arrived.owned?.goesOnElsewhere ? { ...arrived, owned: null } : arrived))
    const wanted = batch.filter(({ owned }) => !owned?.ended)
    if (wanted.length === 0) return batch.map(() => 'NOT_NEEDED')
    const finishing = findFinishing(wanted)
    const appended = await this.writeBatch(wanted, finishing)
    const places = new Map(wanted.map((arrived, place) => [arrived, place]))
    for (const { owned, expressionId, task } of wanted.filter((_, place) => appended.duplicates.has(place))) {
      if (!owned) continue
      const first = await persist(this.parts.deps.logger, 'read a result', () =>
        this.parts.store.call(({ expressions }) => expressions.logs.get(expressionId)?.get(task)),
      )
      if (first) owned.graph.replay(first)
    }
    this.commitBatch(wanted)
    for (const owned of finishing) if (!owned.ended) this.endings.complete(owned, appended.completed.has(owned.id))
    const complete = wanted.flatMap(({ owned }) => (owned && !owned.ended && owned.graph.isComplete ? [owned] : []))
    if (complete.length > 0) {
      const overtaken = [...new Set(complete)]
      const { completed } = await this.writeBatch([], overtaken)
      for (const owned of overtaken) if (!owned.ended) this.endings.complete(owned, completed.has(owned.id))
    }
    return batch.map((arrived) => {
      const place = places.get(arrived)
      if (place === undefined) return 'NOT_NEEDED'
      return appended.duplicates.has(place) ? 'DUPLICATE' : 'ACCEPTED'
    })
  }

  private writeBatch(wanted: readonly Arrived[], finishing: readonly OwnedExpression[]): Promise<Appended> {
    const { clock, logger } = this.parts.deps
    const completions: Completion[] = finishing.map(({ id, epoch, graph }) => {
      if (graph.result === null) throw new Error(`expression ${id} has all its results and none of its own`)
      return { expressionId: id, epoch, result: graph.result }
    })
    return persist(logger, 'append results to the log', () => {
      const now = clock.now()
      const rows = wanted.map(({ owned: _, readyAt, startedAt, ...result }) => ({
        ...result,
        readyAgoMs: readyAt === null ? null : Math.max(0, now - readyAt),
        startedAgoMs: Math.max(0, now - startedAt),
      }))
      return this.parts.store.call(({ expressions }) => expressions.append(rows, completions))
    })
  }

  private commitBatch(wanted: readonly Arrived[]): void {
    const { announcer } = this.parts.deps
    for (const { owned, expressionId, task } of wanted) {
      owned?.graph.commit(task)
      const parent = owned?.graph.task(task).parent ?? -1
      announcer.announce({ kind: 'tasks', expressionId, tasks: parent === -1 ? [task] : [task, parent] })
      if (owned && !owned.goesOnElsewhere)
        announcer.announce({ kind: 'expression', id: expressionId, ownerId: owned.ownerId })
      else announcer.announce({ kind: 'logWritten', expressionId, tasks: [task] })
    }
  }
}

/** Expressions that have all their results once this batch is written. */
function findFinishing(wanted: readonly Arrived[]): OwnedExpression[] {
  const counts = new Map<OwnedExpression, number>()
  for (const { owned, task } of wanted)
    if (owned && owned.graph.task(task).state !== 'SUCCEEDED') counts.set(owned, (counts.get(owned) ?? 0) + 1)
  return [...counts].flatMap(([owned, count]) =>
    owned.graph.succeeded + count === owned.graph.tasks.length ? [owned] : [],
  )
}
