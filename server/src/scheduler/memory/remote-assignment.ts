import type { TaskAttempt } from '../../realtime/cluster-message.ts'
import type { OfferedTask } from '../../store/offers/remove-offers.ts'
import type { Assignment } from './assignment.ts'
import type { OwnedExpression } from './owned-expression.ts'

/** An agent of another replica, with its session there and the ticket by which it has a task. */
export interface RemoteAgent {
  readonly agentId: string
  readonly sessionId: string
  readonly ticket: string
}

/** Where a remote assignment is, and so what tells whether it stands. */
export type Whereabouts =
  /** Its offer is being written: nothing can be told from the table yet. */
  | { readonly kind: 'offering' }
  /** For whoever claims it. It stands as long as its offer. */
  | { readonly kind: 'offered' }
  /** An agent was given it from its offer. It stands as long as the offer, which the other replica removes when the task comes back. */
  | { readonly kind: 'claimed'; readonly agent: RemoteAgent }
  /** Its agent has gone to another replica with it. It stands as long as the session there. */
  | { readonly kind: 'handedOff'; readonly agent: RemoteAgent }

/** A task of an expression that this replica owns, and that another replica has, or may take. */
export interface RemoteAssignment extends TaskAttempt {
  readonly expressionId: string
  readonly durationMs: number
  /** When it was offered, or this replica learned of it; milliseconds since the Unix epoch. */
  readonly since: number
  readonly at: Whereabouts
}

export const agentOf = ({ at }: RemoteAssignment): RemoteAgent | null => ('agent' in at ? at.agent : null)

export const hasOffer = ({ at }: RemoteAssignment): boolean => at.kind !== 'handedOff'

/** Of an owned expression. A task has more than one where a replica was lost and its agents are found again one by one. */
export class RemoteAssignments {
  readonly #byTask = new Map<number, readonly RemoteAssignment[]>()

  get isEmpty(): boolean {
    return this.#byTask.size === 0
  }

  all(): RemoteAssignment[] {
    return [...this.#byTask.values()].flat()
  }

  ofTasks(tasks: readonly number[]): RemoteAssignment[] {
    return tasks.flatMap((task) => this.#byTask.get(task) ?? [])
  }

  has(task: number): boolean {
    return this.#byTask.has(task)
  }

  /** The assignment of this very attempt: a task may come back and go out anew while word of it is on its way. */
  find({ task, attempt, epoch }: TaskAttempt): RemoteAssignment | undefined {
    return this.#byTask.get(task)?.find((one) => one.attempt === attempt && one.epoch === epoch)
  }

  /** Whether it has not been removed in the meantime. */
  includes(assignment: RemoteAssignment): boolean {
    return this.#byTask.get(assignment.task)?.includes(assignment) === true
  }

  add(assignment: RemoteAssignment): void {
    const { task } = assignment
    this.#byTask.set(task, [...(this.#byTask.get(task) ?? []), assignment])
  }

  remove(assignment: RemoteAssignment): void {
    const { task } = assignment
    const others = this.#byTask.get(task)?.filter((one) => one !== assignment) ?? []
    if (others.length > 0) this.#byTask.set(task, others)
    else this.#byTask.delete(task)
  }
}

const nameOf = ({ expressionId, task, attempt }: OfferedTask): string => `${expressionId}:${task}:${attempt}`

/** Tells of assignments whether their offers are among these. */
export function isAmong(offers: readonly OfferedTask[]): (assignment: RemoteAssignment) => boolean {
  const names = new Set(offers.map(nameOf))
  return (assignment) => names.has(nameOf(assignment))
}

/** As one of an agent of this replica, for what both can come to. */
export function asAssignment(
  owned: OwnedExpression,
  { expressionId, task, attempt, epoch, since, durationMs }: RemoteAssignment,
  { agentId, ticket }: RemoteAgent,
): Assignment {
  const standing = { since, startedAt: since, durationMs, overdue: false }
  return { expressionId, task, attempt, epoch, agentId, ticket, of: owned.origin, ...standing }
}
