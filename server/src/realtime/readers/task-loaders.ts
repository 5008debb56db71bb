import type { TaskView } from '../../domain/tasks/task-view.ts'
import { Batcher } from '../../store/batcher.ts'
import type { Database } from '../../store/database.ts'
import { loadFailedAttempts, type StoredFailedAttempt } from '../../store/expressions/failed-attempts.ts'

export interface TaskRef {
  readonly expressionId: string
  readonly task: number
}

type ReadTasks = (expressionId: string, tasks: readonly number[]) => Promise<TaskView[]>

/** The most tasks of one batch: all operands of a large expression are one read of its log. */
const maxBatch = 20_000

/** A plan is as large as what it plans: some hundred kilobytes, of which a batch must not have many. */
const maxPlans = 10

export type AttemptsByTask = ReadonlyMap<number, StoredFailedAttempt[]>

/** Reads tasks of whatever expressions, each expression once. Those that do not exist are left out. */
export async function loadTasks(refs: readonly TaskRef[], read: ReadTasks): Promise<TaskView[]> {
  const byExpression = new Map<string, Set<number>>()
  for (const { expressionId, task } of refs)
    byExpression.set(expressionId, (byExpression.get(expressionId) ?? new Set()).add(task))
  const loaded = await Promise.all([...byExpression].map(([expressionId, tasks]) => read(expressionId, [...tasks])))
  return loaded.flat()
}

/** Readers of single tasks for resolvers, which ask for many at once. */
export function createTaskLoaders({ reads: pool, prisma }: Database, read: ReadTasks) {
  const keyOf = (expressionId: string, task: number) => `${expressionId}:${task}`
  const tasks = new Batcher<TaskRef, TaskView | null>(async (refs) => {
    const views = await loadTasks(refs, read)
    const byKey = new Map(views.map((view) => [keyOf(view.expressionId, view.index), view]))
    return refs.map(({ expressionId, task }) => byKey.get(keyOf(expressionId, task)) ?? null)
  }, maxBatch)
  const attempts = new Batcher<string, AttemptsByTask>(async (ids) => {
    const byExpression = new Map<string, Map<number, StoredFailedAttempt[]>>()
    for (const row of await loadFailedAttempts(pool, [...new Set(ids)])) {
      const byTask = byExpression.get(row.expressionId) ?? new Map<number, StoredFailedAttempt[]>()
      byExpression.set(row.expressionId, byTask)
      byTask.set(row.task, [...(byTask.get(row.task) ?? []), row])
    }
    return ids.map((id) => byExpression.get(id) ?? new Map<number, StoredFailedAttempt[]>())
  })
  const plans = new Batcher<string, unknown>(async (ids) => {
    const rows = await prisma.expression.findMany({ where: { id: { in: ids } }, select: { id: true, plan: true } })
    const byId = new Map(rows.map(({ id, plan }) => [id, plan]))
    return ids.map((id) => byId.get(id) ?? null)
  }, maxPlans)
  return {
    task: (ref: TaskRef) => tasks.add(ref),
    failedAttemptsOf: (expressionId: string) => attempts.add(expressionId),
    plan: (expressionId: string) => plans.add(expressionId),
  }
}
