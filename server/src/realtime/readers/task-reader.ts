import { decodePlan } from '../../domain/plan/plan-codec.ts'
import { TaskGraph } from '../../domain/tasks/task-graph.ts'
import { viewTask, type ExpressionStanding, type TaskView } from '../../domain/tasks/task-view.ts'
import type { Expression } from '../../generated/prisma/client.ts'
import type { Database } from '../../store/database.ts'
import type { StoredFailure } from '../../store/expressions/fail-expression.ts'
import { loadFailedAttempts } from '../../store/expressions/failed-attempts.ts'
import { loadLogs } from '../../store/expressions/load-logs.ts'
import type { LiveState } from '../live-state.ts'
import { atOnce, type Worker } from '../worker.ts'

interface ReadOptions {
  readonly database: Database
  readonly state: LiveState
  readonly worker?: Worker | undefined
}

/**
 * Reads the tasks of an expression: from memory where this replica owns it, else from its plan and log, which tell all but who
 * computes what right now.
 * @param tasks their indexes; without them, all. None where the expression does not exist or its log was purged.
 */
export async function readTasks(
  { database: { reads, prisma }, state, worker = atOnce }: ReadOptions,
  expressionId: string,
  tasks?: readonly number[],
): Promise<TaskView[]> {
  const live = state.tasksOf(expressionId, tasks)
  if (live) return live
  const row = await prisma.expression.findUnique({
    where: { id: expressionId },
    select: {
      plan: true,
      status: true,
      failure: true,
      epoch: true,
      createdAt: true,
      startedAt: true,
      finishedAt: true,
      purgedAt: true,
    },
  })
  if (row === null || row.purgedAt !== null) return []
  const [logs, failedAttempts] = await Promise.all([
    loadLogs(reads, [expressionId]),
    loadFailedAttempts(reads, [expressionId]),
  ])
  // It may have been taken in while the log was read: what memory says is newer.
  const liveNow = state.tasksOf(expressionId, tasks)
  if (liveNow) return liveNow
  const plan = await worker.run(() => decodePlan(row.plan))
  const graph = await worker.run(
    () => new TaskGraph(plan, logs.get(expressionId) ?? [], (row.startedAt ?? row.createdAt).getTime()),
  )
  for (const { task, attempt } of failedAttempts) graph.noteAttempt(task, attempt)
  const standing = { id: expressionId, epoch: row.epoch, ended: endOf(row) }
  const existing = tasks?.filter((index) => index < graph.tasks.length) ?? [...graph.tasks.keys()]
  return worker.run(() => existing.map((index) => viewTask(graph, index, standing)))
}

type Ending = Pick<Expression, 'status' | 'failure' | 'finishedAt'>

function endOf({ status, failure, finishedAt }: Ending): ExpressionStanding['ended'] {
  if (status !== 'FAILED') return status === 'CANCELLED' ? { kind: 'cancelled' } : null
  const { task, attempt, agentId, elapsedMs = null, ...kept } = failure as unknown as StoredFailure
  const failedAt = kept.failedAt ?? finishedAt?.getTime() ?? null
  return { kind: 'failed', task, attempt, agentId, elapsedMs, failedAt }
}
