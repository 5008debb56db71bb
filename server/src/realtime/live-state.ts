import type { OperationDurations, OperationName } from '../domain/operation.ts'
import type { PendingExpression, Workload } from '../domain/prediction/workload.ts'
import type { TaskView } from '../domain/tasks/task-view.ts'
import type { ClusterSample } from './readers/cluster-samples.ts'
import type { TaskCounts } from '../store/agents/add-counts.ts'
import type { ReplicaDemand, ReplicaStats } from '../store/replicas/replica-stats.ts'

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

/** A task that an agent computes. */
export interface RunningTask extends AssignmentView {
  readonly agentId: string
}

/** What a slot did. */
export interface Run extends RunningTask {
  /** Rises from each to the next. */
  readonly sequence: number
  /** Milliseconds since the Unix epoch. */
  readonly endedAt: number
  /** Whether it ended without a result. */
  readonly isLost: boolean
}

/** What agents did lately. */
export interface RecentWork {
  /** Of the last run. */
  readonly sequence: number
  /** How many there were that are not told of. */
  readonly skipped: number
  /** Those after one, oldest first; of more than so many the last. */
  after(sequence: number, most: number): readonly Run[]
}

export interface AgentNow {
  readonly replicaId: string
  readonly sessionId: string
  /** Whether its socket is here and open. */
  readonly isConnected: boolean
  readonly revision: number
  readonly busySlots: number
  /** The share of its slots that was busy over the last minute, 0 to 1; null of one that has only just come. */
  readonly utilisation: number | null
  /** Over the last ten seconds. */
  readonly tasksPerSecond: number
}

/** Where an expression stands that has something to compute. */
export interface OwnedStanding {
  readonly expression: PendingExpression
  /** Whether this replica owns it. */
  readonly isHere: boolean
  /** Whether it waits for the agents of a replica that was lost. */
  readonly isRecovering: boolean
  /** When tasks are tried again that an agent could not compute, by task. */
  readonly retries: ReadonlyMap<number, number>
  /** How many of its tasks wait for an agent that computes nothing beside them. */
  readonly solitary: number
}

/** What only this process's memory knows, for those who show it. The scheduler is behind it. */
export interface LiveState {
  /** The tasks of an expression that this replica owns; undefined where it does not. Without `tasks`, all of them. */
  tasksOf(expressionId: string, tasks?: readonly number[]): TaskView[] | undefined
  /** How many results of an expression that this replica owns are in the log. */
  succeededOf(expressionId: string): number | undefined
  /** What an agent whose session is here holds; `revision` rises with every change. Undefined for any other. */
  agentNow(agentId: string): AgentNow | undefined
  /** What became of an agent's tasks, at least; undefined where the database knows as much. */
  countsOf(agentId: string): TaskCounts | undefined
  /** The agents whose session is here. */
  agentsHere(): string[]
  /** The durations that stand. */
  durations(): OperationDurations
  /** What an agent whose session is here computes. */
  assignmentsOf(agentId: string): AssignmentView[] | undefined
  /** Undefined where this replica does not own it. */
  standingOf(expressionId: string): OwnedStanding | undefined
  /** What this replica has to compute, and what with. @param target of which nothing is left out */
  workload(target: PendingExpression): Workload
  /** What agents whose session is here did lately. */
  recentWork(): RecentWork
  /** What they compute right now. */
  running(most: number): RunningTask[]
  /** This replica's share of the cluster's figures. */
  stats(): ReplicaStats
  /** The cluster in the last minutes, oldest first. */
  samples(): readonly ClusterSample[]
  /** What at this replica could use a slot. */
  demand(): ReplicaDemand
  /** What the other replicas said last. */
  othersStats(): readonly ReplicaStats[]
  /** There was no other replica at the last heartbeat; until the first nobody knows. */
  isAlone(): boolean
}
