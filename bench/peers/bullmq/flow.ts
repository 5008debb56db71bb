import type { FlowJob, KeepJobs } from 'bullmq'
import type { Expression, Operand, Operator } from '../../src/workload/expression.ts'

/** Roots have a queue of their own, so that the client reads the events of roots alone. */
export const rootQueue = 'expressions'
export const operationQueue = 'operations'

export type Side = 'left' | 'right'

/** An operand that is no number is the value of a child. */
export interface OperationData {
  readonly operator: Operator
  readonly left?: string
  readonly right?: string
  /** Of the parent's operands, which this is; the root has no parent. */
  readonly side?: Side
}

/** Tells the parent, which gets its children's values in no order, where the value belongs. */
export interface OperationResult {
  readonly value: string
  readonly side?: Side
}

/**
 * Jobs that are done with go, as https://docs.bullmq.io/guide/queues/auto-removal-of-jobs advises: a parent keeps its children's values
 * itself. A child that fails fails its parent, or it would wait for ever.
 */
const opts = { removeOnComplete: true, failParentOnFailure: true }

/**
 * The whole expression as one flow, added in one go: https://docs.bullmq.io/guide/flows
 *
 * @param removeRoot when a root goes that is done
 */
export function flowOf({ id, tasks }: Expression, removeRoot: KeepJobs | true): FlowJob {
  const jobOf = (task: number, side?: Side): FlowJob => {
    const found = tasks[task]
    if (found === undefined) throw new RangeError(`There is no task ${task}.`)
    const { operator, left, right } = found
    const data: OperationData = {
      operator,
      ...(left.kind === 'number' && { left: String(left.value) }),
      ...(right.kind === 'number' && { right: String(right.value) }),
      ...(side && { side }),
    }
    const child = (operand: Operand, of: Side) => (operand.kind === 'task' ? [jobOf(operand.task, of)] : [])
    const children = [...child(left, 'left'), ...child(right, 'right')]
    return { name: 'operation', queueName: operationQueue, data, opts, ...(children.length > 0 && { children }) }
  }
  const root = jobOf(tasks.length - 1)
  return { ...root, queueName: rootQueue, opts: { removeOnComplete: removeRoot, jobId: id } }
}
