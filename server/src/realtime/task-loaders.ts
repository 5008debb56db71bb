import type { TaskView } from '../domain/task-view.ts'
import { Batcher } from '../store/batcher.ts'
import type { Database } from '../store/database.ts'
import { loadFailedAttempts, type StoredFailedAttempt } from '../store/expressions/failed-attempts.ts'

export interface TaskRef {
  readonly expressionId: string
  readonly task: number
}

type ReadTasks = (expressionId: string, tasks: readonly number[]) => Promise<TaskView[]>

/** The most tasks of one batch: all operands of a large expression are one read of its log. */
const largestBatch = 20_000

/** Reads tasks of whatever expressions, each expression once. Those that do not exist are left out. */
export async function loadTasks(refs: readonly TaskRef[], read: ReadTasks): Promise<TaskView[]> {
  const byExpression = new Map<string, Set<number>>()
  for (const { expressionId, task } of refs)
    byExpression.set(expressionId, (byExpression.get(expressionId) ?? new Set()).add(task))
  const loaded = await Promise.all([...byExpression].map(([expressionId, tasks]) => read(expressionId, [...tasks])))
  return loaded.flat()
}

/** Readers of single tasks for resolvers, which ask for many at once. */
export function createTaskLoaders({ reads: pool }: Database, read: ReadTasks) {
  const keyOf = (expressionId: string, task: number) => `${expressionId}:${task}`
  const tasks = new Batcher<TaskRef, TaskView | null>(async (refs) => {
    const views = await loadTasks(refs, read)
    const byKey = new Map(views.map((view) => [keyOf(view.expressionId, view.index), view]))
    return refs.map(({ expressionId, task }) => byKey.get(keyOf(expressionId, task)) ?? null)
  }, largestBatch)
  const attempts = new Batcher<TaskRef, StoredFailedAttempt[]>(async (refs) => {
    const rows = await loadFailedAttempts(pool, [...new Set(refs.map(({ expressionId }) => expressionId))])
    const byKey = new Map<string, StoredFailedAttempt[]>()
    for (const row of rows) {
      const key = keyOf(row.expressionId, row.task)
      byKey.set(key, [...(byKey.get(key) ?? []), row])
    }
    return refs.map(({ expressionId, task }) => byKey.get(keyOf(expressionId, task)) ?? [])
  }, largestBatch)
  return {
    task: (ref: TaskRef) => tasks.add(ref),
    failedAttempts: (ref: TaskRef) => attempts.add(ref),
  }
}
