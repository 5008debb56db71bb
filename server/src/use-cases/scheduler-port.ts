import type { ErrorCode } from '../domain/error-codes/error-codes.ts'
import type { AgentRefusal } from '../domain/tasks/agent-quota.ts'
import type { ArithmeticFault, OperationName } from '../domain/operation.ts'
import type { Plan } from '../domain/plan/plan.ts'
import type { ExpressionRow } from '../store/expressions/load-expressions.ts'

/** An expression that a replica owns from its submission on. */
export interface StartedExpression {
  readonly id: string
  readonly ownerId: string
  readonly epoch: number
  readonly plan: Plan
  /** As it was inserted. */
  readonly row?: ExpressionRow
}

/** What an agent says as it opens or resumes its session. */
export interface SessionOpening {
  readonly tokenId: string
  readonly name: string
  readonly slots: number
  readonly sessionId: string
  /** Of its program, and of its machine, as it says itself; null where it says nothing. */
  readonly programVersion?: string | null | undefined
  readonly host?: string | null | undefined
  readonly heldTickets: readonly string[]
  /** How long it has computed those that it computes, in milliseconds; undefined of an agent that does not say. */
  readonly elapsedMs?: ReadonlyMap<string, number> | undefined
  /** The socket's end of it. */
  readonly connection: SessionConnection
}

export interface SessionConnection {
  /** `open` when the agent said goodbye by itself, `silent` when it did not answer pings, else `closed`. */
  readonly state: 'open' | 'closed' | 'silent'
  close(code: number, reason: string): void
}

export interface TaskAssignment {
  readonly ticket: string
  readonly operation: OperationName
  readonly operands: readonly string[]
  readonly durationMs: number
}

export type AgentSessionEvent =
  | {
      readonly kind: 'AgentSessionOpened'
      readonly agentId: string
      readonly graceMs: number
      readonly maxDigits: number
      readonly revokedTickets: readonly string[]
    }
  | { readonly kind: 'TasksAssigned'; readonly assignments: readonly TaskAssignment[] }
  | { readonly kind: 'TasksRevoked'; readonly tickets: readonly string[] }
  | { readonly kind: 'AgentDrainRequested'; readonly reason: string }
  | { readonly kind: 'AgentDrainWithdrawn'; readonly reason: string }
  | { readonly kind: 'AgentSupersededError'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'AgentSuspendedError'; readonly code: ErrorCode; readonly message: string }

export type SessionOutcome =
  | { readonly kind: 'opened'; readonly events: AsyncIterableIterator<AgentSessionEvent> }
  /** The token was, in the meantime. */
  | { readonly kind: 'revoked' }
  | AgentRefusal

export interface SubmittedResult {
  readonly ticket: string
  readonly elapsedMs: number
  readonly outcome:
    | { readonly kind: 'value'; readonly value: string }
    | { readonly kind: 'error'; readonly code: ArithmeticFault | 'AGENT_ERROR'; readonly message: string }
}

export type TaskReceipt = 'ACCEPTED' | 'DUPLICATE' | 'NOT_NEEDED' | 'REFUSED'

/** What use cases ask of the scheduler. */
export interface SchedulerPort {
  readonly replicaId: string
  /**
   * Reserves a place for an expression that can start here at once; if it cannot, it is to wait in the queue. After a reservation
   * either `begin` or `dismiss` must follow.
   */
  admit(id: string, ownerId: string): boolean
  /** Goes on with an expression that was inserted as this replica's. */
  begin(expression: StartedExpression): void
  /** It was not inserted. */
  dismiss(id: string): void
  openSession(opening: SessionOpening): Promise<SessionOutcome>
  /** Reads the durations anew; what is placed from then on takes them. */
  refreshDurations(): Promise<void>
  /** The agent is given nothing more; what it does not name goes to others. */
  prepareLeaving(agentId: string, heldTickets: readonly string[]): void
  /** One receipt a result, in their order, once all that they acknowledge is on disk. */
  submitResults(agentId: string, results: readonly SubmittedResult[]): Promise<TaskReceipt[]>
}
