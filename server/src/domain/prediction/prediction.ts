import type { Foreseen } from './simulation.ts'
import type { PendingExpression } from './workload.ts'

/** What an expression waits for, of several things the one that lasts. */
export const waitReasons = [
  'OPERANDS',
  'SLOTS',
  'OWN_EXPRESSIONS',
  'OTHER_USERS',
  'AGENT_ALONE',
  'NO_AGENTS',
  'RETRY',
  'RECOVERY',
  'LOG',
] as const
export type WaitReason = (typeof waitReasons)[number]

/** When an expression will be finished, for all that is known now, and what it waits for. Times are in milliseconds since the Unix epoch. */
export interface Prediction {
  readonly expressionId: string
  readonly madeAt: number
  /** Null where nothing goes on: there is no agent. */
  readonly finishAt: number | null
  readonly waitsFor: WaitReason
  readonly counts: TaskCounts
  /** When the next task is tried again that an agent could not compute; null where there is none. */
  readonly retryAt: number | null
  /** When the next of its tasks that is in line gets a slot; null where none is, or there is no slot. */
  readonly nextSlotAt: number | null
  /** What gets a slot before that: tasks of the same user's other expressions, and of other users. */
  readonly before: { readonly own: number; readonly others: number }
  readonly slots: number
}

export interface TaskCounts {
  /** At agents. */
  readonly assigned: number
  /** In line for a slot. */
  readonly ready: number
  /** Not in line again before their time. */
  readonly retrying: number
  /** Of those in line, how many are to have an agent for themselves. */
  readonly solitary: number
  /** For an operand. */
  readonly waiting: number
}

export interface Standing {
  readonly isQueued: boolean
  readonly isRecovering: boolean
  readonly slots: number
  readonly counts: TaskCounts
  readonly before: Foreseen['before']
}

/** Of what is wanted still. */
export function countTasks(
  expression: PendingExpression,
  { retrying, solitary }: Pick<TaskCounts, 'retrying' | 'solitary'>,
): TaskCounts {
  let [assigned, ready, waiting] = [0, 0, 0]
  expression.graph.tasks.forEach(({ state }, task) => {
    if (state === 'SUCCEEDED' || !expression.wants(task)) return
    if (state === 'ASSIGNED') assigned++
    else if (state === 'READY') ready++
    else if (state === 'WAITING') waiting++
  })
  return { assigned, ready: Math.max(0, ready - retrying), retrying, solitary, waiting }
}

export function reasonOf({ isQueued, isRecovering, slots, counts, before }: Standing): WaitReason {
  const { assigned, ready, retrying, solitary } = counts
  if (slots === 0 && assigned === 0) return 'NO_AGENTS'
  if (isRecovering) return 'RECOVERY'
  if (ready > 0 && solitary >= ready) return 'AGENT_ALONE'
  if (isQueued || ready > 0) {
    if (before.others > 0) return 'OTHER_USERS'
    return before.own > 0 ? 'OWN_EXPRESSIONS' : 'SLOTS'
  }
  if (assigned > 0) return 'OPERANDS'
  return retrying > 0 ? 'RETRY' : 'LOG'
}
