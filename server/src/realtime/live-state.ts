import type { OperationDurations, OperationName } from '../domain/operation.ts'
import type { TaskView } from '../domain/tasks/task-view.ts'
import type { ReplicaStats } from '../store/replicas/replica-stats.ts'

/** What an agent computes right now. */
export interface AssignmentView {
  readonly expressionId: string
  readonly ownerId: string
  readonly task: number
  readonly operation: OperationName
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number
  readonly durationMs: number
}

export interface AgentNow {
  readonly replicaId: string
  readonly sessionId: string
  /** Whether its socket is here and open. */
  readonly isConnected: boolean
  readonly revision: number
  readonly busySlots: number
}

/** What only this process's memory knows, for those who show it. The scheduler is behind it. */
export interface LiveState {
  /** The tasks of an expression that this replica owns; undefined where it does not. Without `tasks`, all of them. */
  tasksOf(expressionId: string, tasks?: readonly number[]): TaskView[] | undefined
  /** How many results of an expression that this replica owns are in the log. */
  succeededOf(expressionId: string): number | undefined
  /** What an agent whose session is here holds; `revision` rises with every change. Undefined for any other. */
  agentNow(agentId: string): AgentNow | undefined
  /** The agents whose session is here. */
  agentsHere(): string[]
  /** The durations that stand. */
  durations(): OperationDurations
  /** What an agent whose session is here computes. */
  assignmentsOf(agentId: string): AssignmentView[] | undefined
  /** This replica's share of the cluster's figures. */
  stats(): ReplicaStats
  /** What the other replicas said last. */
  othersStats(): readonly ReplicaStats[]
  /** There was no other replica at the last heartbeat; until the first nobody knows. */
  isAlone(): boolean
}
