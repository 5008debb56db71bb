import type { OperationName } from '../../domain/operation.ts'
import type { Assignee } from '../../domain/tasks/task-record.ts'
import type { TaskAttempt } from '../../realtime/cluster-message.ts'
import type { Offer } from '../../store/offers/offer.ts'
import type { OwnedExpression } from './owned-expression.ts'

/** Whose expression an assigned task is of. */
export type Origin =
  /** This replica's. */
  | { readonly kind: 'owned'; readonly owned: OwnedExpression }
  /** Another replica's, which offered the task. */
  | { readonly kind: 'offered'; readonly offer: Offer }
  /** Another replica's, or nobody's: the agent has brought the task along. */
  | { readonly kind: 'foreign' }

export const foreign: Origin = { kind: 'foreign' }

/** A task that was given to an agent. */
export interface Assignment extends Assignee, TaskAttempt {
  readonly expressionId: string
  of: Origin
  /** When it was given out, or when this replica learned of it; milliseconds since the Unix epoch. */
  readonly since: number
  /** When its agent began it; null while it waits at the agent for a slot. `AssignmentBook` alone changes it. */
  startedAt: number | null
  readonly durationMs: number
  /** What its agent was given to compute; null where another replica gave it: see `operationOf`. */
  readonly operation: OperationName | null
  /** The numbers that its agent was sent, if they are short; null where they are to be looked up in the graph. */
  readonly operands: readonly string[] | null
  /** Taken from its agent before it was begun: the line of its session has it still. */
  isGone: boolean
  /** Given to another agent too, because it was out for too long. */
  overdue: boolean
  /** Given to an agent that had nothing to do, and is given nothing beside it. */
  alone: boolean
}

export const attemptOf = ({ task, attempt, epoch }: TaskAttempt): TaskAttempt => ({ task, attempt, epoch })

/** The expression that an assignment is of, where this replica owns it. */
export const ownedOf = ({ of }: Pick<Assignment, 'of'>): OwnedExpression | null =>
  of.kind === 'owned' ? of.owned : null

/** What its agent computes; undefined where it brought the task along from a replica that this one knows nothing of. */
export function operationOf({ of, task, operation }: Assignment): OperationName | undefined {
  if (operation !== null) return operation
  switch (of.kind) {
    case 'owned':
      return of.owned.graph.plan.tasks[task]?.operation
    case 'offered':
      return of.offer.operation
    case 'foreign':
      return undefined
    default:
      return of satisfies never
  }
}
