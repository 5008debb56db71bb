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

/** A task of an expression that this replica owns, and that another replica has, or may take. See docs/decisions/0022. */
export interface RemoteAssignment extends TaskAttempt, OfferedTask {
  readonly owned: OwnedExpression
  readonly durationMs: number
  /** When it was offered, or this replica learned of it; milliseconds since the Unix epoch. */
  readonly since: number
  readonly at: Whereabouts
}

export const agentOf = ({ at }: RemoteAssignment): RemoteAgent | null => ('agent' in at ? at.agent : null)

export const hasOffer = ({ at }: RemoteAssignment): boolean => at.kind !== 'handedOff'

/** As one of an agent of this replica, for what both can come to. */
export function asAssignment(remote: RemoteAssignment, { agentId, ticket }: RemoteAgent): Assignment {
  const { owned, expressionId, task, attempt, epoch, since, durationMs } = remote
  const standing = {
    since,
    startedAt: since,
    durationMs,
    operation: null,
    operands: null,
    isGone: false,
    overdue: false,
    alone: false,
  }
  return { expressionId, task, attempt, epoch, agentId, ticket, of: owned.origin, ...standing }
}

/** All remote assignments. They come, move and go here alone, so that what is counted of them is true. */
export class RemoteAssignments {
  /** How many have an offer, and how many of them are known to be claimed. */
  offered = 0
  claimed = 0
  /** Expressions that have any. */
  readonly #expressions = new Set<OwnedExpression>()

  all(): RemoteAssignment[] {
    return [...this.#expressions].flatMap((owned) => this.of(owned))
  }

  /** Assignments of an agent that has gone to another replica. */
  handedOffTo(agentId: string): RemoteAssignment[] {
    return this.all().filter(({ at }) => at.kind === 'handedOff' && at.agent.agentId === agentId)
  }

  /** A task has more than one where a replica was lost and its agents are found again one by one. */
  of({ remote }: OwnedExpression, tasks?: readonly number[]): RemoteAssignment[] {
    return remote === null ? [] : [...(tasks ?? remote.keys())].flatMap((task) => remote.get(task) ?? [])
  }

  /** The assignment of this very attempt: a task may come back and go out anew while word of it is on its way. */
  find(owned: OwnedExpression, { task, attempt, epoch }: TaskAttempt): RemoteAssignment | undefined {
    return owned.remote?.get(task)?.find((one) => one.attempt === attempt && one.epoch === epoch)
  }

  /** Whether it has not been removed or moved in the meantime. */
  includes(assignment: RemoteAssignment): boolean {
    return assignment.owned.remote?.get(assignment.task)?.includes(assignment) === true
  }

  add(assignment: RemoteAssignment): void {
    const { owned, task, at } = assignment
    owned.remote ??= new Map()
    owned.remote.set(task, [...(owned.remote.get(task) ?? []), assignment])
    this.#expressions.add(owned)
    this.#count(at, 1)
  }

  /** The assignment becomes another one, so that whoever asked about the earlier sees that it is no more. */
  move(assignment: RemoteAssignment, at: Whereabouts): void {
    if (this.remove(assignment)) this.add({ ...assignment, at })
  }

  /** Returns whether it was there. */
  remove(assignment: RemoteAssignment): boolean {
    const { owned, task, at } = assignment
    if (owned.remote === null || !this.includes(assignment)) return false
    const others = this.of(owned, [task]).filter((one) => one !== assignment)
    if (others.length > 0) owned.remote.set(task, others)
    else owned.remote.delete(task)
    if (owned.remote.size === 0) this.#expressions.delete(owned)
    this.#count(at, -1)
    return true
  }

  #count({ kind }: Whereabouts, change: 1 | -1): void {
    if (kind === 'handedOff') return
    this.offered += change
    if (kind === 'claimed') this.claimed += change
  }
}
