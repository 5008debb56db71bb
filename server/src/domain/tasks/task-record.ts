import { onlyTask } from '../plan/interned.ts'
import type { TaskTimes } from './task-times.ts'

/**
 * WAITING for an operand; READY to be placed; ASSIGNED to an agent; COMPUTED: its value is known but not yet in the log, which is
 * enough to go on with its parent; SUCCEEDED: in the log.
 */
export type TaskState = 'WAITING' | 'READY' | 'ASSIGNED' | 'COMPUTED' | 'SUCCEEDED'

/** An agent that was given a task and has neither returned nor lost it. */
export interface Assignee {
  readonly agentId: string
  readonly attempt: number
  readonly ticket: string
}

export interface TaskRecord extends TaskTimes {
  state: TaskState
  value: string | null
  /** Operands that are not known yet. */
  waitingFor: number
  /** The tasks that take this one's result, one as often as it does; none for the root. */
  parents: readonly number[]
  /** The highest attempt given out. */
  attempt: number
  assignees: readonly Assignee[]
  /** The agent of the last attempt, or of the one that brought the result. */
  agentId: string | null
  /** Rises with every change, so that watchers can order what they see. */
  revision: number
}

/** One list for all tasks that nobody holds, which are most. */
export const noAssignees: readonly Assignee[] = []

/** One list for all tasks that have not met a parent yet. */
const noParents: readonly number[] = []

/** Of a task of which nothing is known yet. */
export const blankRecord = (): TaskRecord => ({
  state: 'WAITING',
  value: null,
  waitingFor: 0,
  parents: noParents,
  attempt: 0,
  assignees: noAssignees,
  agentId: null,
  readyAt: null,
  startedAt: null,
  finishedAt: null,
  revision: 0,
})

export function addParent(record: TaskRecord, parent: number): void {
  const { parents } = record
  if (parents.length === 0) record.parents = onlyTask(parent)
  // Of a shared list a copy, once: thousands may take one task's result.
  else if (parents.length === 1) record.parents = [...parents, parent]
  else (parents as number[]).push(parent)
}

export function becomeReady(record: TaskRecord): void {
  record.state = 'READY'
  record.revision++
}
