import type { OperationName } from '../operation.ts'
import type { Operand, Place } from '../plan/plan.ts'
import type { Failing } from './failing.ts'
import type { TaskGraph } from './task-graph.ts'
import type { TaskRecord } from './task-record.ts'
import { noteFinish } from './task-times.ts'

export const taskStatuses = ['WAITING', 'READY', 'ASSIGNED', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const
export type TaskStatus = (typeof taskStatuses)[number]

/** A task as clients see it. Times are in milliseconds since the Unix epoch. */
export interface TaskView {
  readonly expressionId: string
  readonly index: number
  readonly version: number
  readonly operation: OperationName
  readonly operands: readonly OperandView[]
  readonly result: string | null
  readonly status: TaskStatus
  /** Whether its agent computes it right now: not where it waits there for a slot, or its result is on its way to the log. */
  readonly isRunning: boolean
  readonly attempt: number
  readonly agentId: string | null
  /** Where it stands in the source: several places where equal operations are computed once. */
  readonly spans: readonly Place[]
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
  /** Where it is bound to fail and has not ended yet: what is not wanted any more looks as it will at the end. */
  readonly failing?: Pick<Failing, 'wants' | 'leftmost'> | null
  readonly ended: null | ({ readonly kind: 'failed' } & FailedTask) | { readonly kind: 'cancelled' }
}

/** A result in the log is final: nothing comes after it. */
const finalVersion = Number.MAX_SAFE_INTEGER

/** More revisions than a task can go through under one owner, its attempts being limited. */
const revisionsPerEpoch = 2 ** 20

/**
 * A version is the owner's epoch, then the revision under this owner, so that it rises across restarts without being stored:
 * what a later owner says always outranks what an earlier one said. See docs/decisions/0002.
 */
const versionOf = (epoch: number, revision: number): number =>
  epoch * revisionsPerEpoch + Math.min(revision, revisionsPerEpoch - 1)

type Standing = Pick<
  TaskView,
  'version' | 'status' | 'isRunning' | 'result' | 'attempt' | 'agentId' | 'readyAt' | 'startedAt' | 'finishedAt'
>

/**
 * What a task looks like. Only what is in the log shows as computed. Field by field: with spreads the views of 5 000 tasks took 70 ms.
 */
export function viewTask(graph: TaskGraph, index: number, standing: ExpressionStanding): TaskView {
  const task = graph.plan.tasks[index]
  if (task === undefined) throw new RangeError(`There is no task ${index}.`)
  const { version, status, isRunning, result, attempt, agentId, readyAt, startedAt, finishedAt } = standOf(
    graph,
    index,
    standing,
  )
  return {
    expressionId: standing.id,
    index,
    version,
    operation: task.operation,
    operands: task.operands.map((operand) => viewOperand(graph, operand)),
    result,
    status,
    isRunning,
    attempt,
    agentId,
    spans: task.spans,
    readyAt,
    startedAt,
    finishedAt,
  }
}

function standOf(graph: TaskGraph, index: number, { epoch, ended, failing }: ExpressionStanding): Standing {
  const record = graph.task(index)
  const { state, attempt, agentId, readyAt, startedAt, finishedAt } = record
  const past = { attempt, agentId, readyAt, startedAt, finishedAt }
  if (state === 'SUCCEEDED') return standAt(past, finalVersion, 'SUCCEEDED', record.value)
  if (ended !== null) {
    const version = versionOf(epoch, revisionsPerEpoch - 1)
    if (ended.kind !== 'failed' || ended.task !== index) return standAt(past, version, 'CANCELLED')
    return standAt(pastOfFailed(ended, readyAt), version, 'FAILED')
  }
  const version = versionOf(epoch, record.revision)
  // A value that is on its way to the log will be shown.
  if (failing && state !== 'COMPUTED' && !failing.wants(index))
    return failing.leftmost.task === index
      ? standAt(pastOfFailed(failing.leftmost, readyAt), version, 'FAILED')
      : standAt(past, version, 'CANCELLED')
  if (!graph.operandsAreCommitted(index))
    return standAt({ attempt, agentId: null, readyAt: null, startedAt: null, finishedAt: null }, version, 'WAITING')
  const stands = standAt({ ...past, finishedAt: null }, version, state === 'COMPUTED' ? 'ASSIGNED' : state)
  return state === 'ASSIGNED' && startedAt !== null ? { ...stands, isRunning: true } : stands
}

type Past = Pick<TaskRecord, 'attempt' | 'agentId' | 'readyAt' | 'startedAt' | 'finishedAt'>

const standAt = (
  { attempt, agentId, readyAt, startedAt, finishedAt }: Past,
  version: number,
  status: TaskStatus,
  result: string | null = null,
): Standing => ({ version, status, isRunning: false, result, attempt, agentId, readyAt, startedAt, finishedAt })

function pastOfFailed({ attempt, agentId, failedAt, elapsedMs }: FailedTask, readyAt: number | null): Past {
  const times = { readyAt, startedAt: null, finishedAt: null }
  if (failedAt !== null) noteFinish(times, elapsedMs === null ? null : failedAt - elapsedMs, failedAt)
  return { attempt, agentId, ...times }
}

function viewOperand(graph: TaskGraph, operand: Operand): OperandView {
  if ('literal' in operand) return { value: graph.valueOf(operand), task: null, negated: false }
  const isShown = graph.task(operand.task).state === 'SUCCEEDED'
  return { value: isShown ? graph.valueOf(operand) : null, task: operand.task, negated: operand.negated }
}
