import type { OperationKind } from './operation.ts'
import type { Operand, PlannedTask, Span } from './plan.ts'
import type { TaskGraph, TaskRecord } from './task-graph.ts'

export const taskStatuses = ['WAITING', 'READY', 'ASSIGNED', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const
export type TaskStatus = (typeof taskStatuses)[number]

/** A task as clients see it. Times are in milliseconds since the Unix epoch. */
export interface TaskView {
  readonly expressionId: string
  readonly index: number
  readonly version: number
  readonly operation: OperationKind
  readonly operands: readonly OperandView[]
  readonly result: string | null
  readonly status: TaskStatus
  readonly attempt: number
  readonly agentId: string | null
  readonly span: Span
  readonly readyAt: number | null
  readonly startedAt: number | null
  readonly finishedAt: number | null
}

export interface OperandView {
  readonly value: string | null
  readonly task: number | null
  readonly negated: boolean
}

/** The task that made its expression fail: the attempt that did, and whose it was. */
export interface FailedTask {
  readonly task: number
  readonly attempt: number
  readonly agentId: string | null
  /** When it failed, in milliseconds since the Unix epoch, and how long that attempt took; null where it was not kept. */
  readonly failedAt: number | null
  readonly elapsedMs: number | null
}

/** Where the expression of a task stands; `epoch` counts the replicas that have owned it, and its retries. */
export interface ExpressionStanding {
  readonly id: string
  readonly epoch: number
  readonly ended: null | ({ readonly kind: 'failed' } & FailedTask) | { readonly kind: 'cancelled' }
}

/** A result in the log is final: nothing comes after it. */
const finalVersion = Number.MAX_SAFE_INTEGER

/** More revisions than a task can go through under one owner, its attempts being limited. */
const revisionsPerEpoch = 2 ** 20

/**
 * A version is the owner's epoch, then the revision under this owner, so that it rises across restarts without being stored:
 * what a later owner says always outranks what an earlier one said.
 */
const versionOf = (epoch: number, revision: number): number =>
  epoch * revisionsPerEpoch + Math.min(revision, revisionsPerEpoch - 1)

/** What a task looks like. Only what is in the log shows as computed. */
export function viewTask(graph: TaskGraph, index: number, standing: ExpressionStanding): TaskView {
  const task = graph.plan.tasks[index]
  if (task === undefined) throw new RangeError(`There is no task ${index}.`)
  const record = graph.task(index)
  const identity = { expressionId: standing.id, index, operation: task.operation, span: task.span }
  const operands = viewOperands(graph, task)

  if (record.state === 'SUCCEEDED')
    return {
      ...identity,
      ...pastOf(record),
      operands,
      version: finalVersion,
      status: 'SUCCEEDED',
      result: record.value,
    }
  if (standing.ended !== null) {
    const version = versionOf(standing.epoch, revisionsPerEpoch - 1)
    const past = { ...identity, ...pastOf(record), operands, version, result: null }
    if (standing.ended.kind !== 'failed' || standing.ended.task !== index) return { ...past, status: 'CANCELLED' }
    const { attempt, agentId, failedAt, elapsedMs } = standing.ended
    const startedAt = failedAt !== null && elapsedMs !== null ? failedAt - elapsedMs : null
    return { ...past, status: 'FAILED', attempt, agentId, startedAt, finishedAt: failedAt }
  }
  const version = versionOf(standing.epoch, record.revision)
  if (!graph.operandsAreCommitted(index))
    return { ...identity, ...nothingYet, operands, version, status: 'WAITING', attempt: record.attempt, result: null }
  const status = record.state === 'COMPUTED' ? 'ASSIGNED' : record.state
  return { ...identity, ...pastOf(record), operands, version, status, finishedAt: null, result: null }
}

const nothingYet = { agentId: null, readyAt: null, startedAt: null, finishedAt: null }

const pastOf = ({ attempt, agentId, readyAt, startedAt, finishedAt }: TaskRecord) => ({
  attempt,
  agentId,
  readyAt,
  startedAt,
  finishedAt,
})

function viewOperands(graph: TaskGraph, task: PlannedTask): OperandView[] {
  return [task.left, task.right].map((operand: Operand) =>
    'literal' in operand
      ? { value: graph.valueOf(operand), task: null, negated: false }
      : {
          value: graph.task(operand.task).state === 'SUCCEEDED' ? graph.valueOf(operand) : null,
          task: operand.task,
          negated: operand.negated,
        },
  )
}
