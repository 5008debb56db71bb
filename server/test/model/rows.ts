import type { AttemptOutcome } from '../../src/domain/tasks/attempt.ts'
import type { AgentPresence } from '../../src/store/agents/agent-row.ts'
import type { ReplicaStats } from '../../src/store/replicas/replica-stats.ts'
import type { StoredFailure } from '../../src/store/expressions/fail-expression.ts'

// The rows of the model: what of the database's rows the store's rules depend on. Times are by the model's clock.

export interface ExpressionRow {
  readonly id: string
  readonly ownerId: string
  readonly requestId: string
  readonly source: string
  readonly plan: unknown
  readonly operationCount: number
  status: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
  result: string | null
  failure: StoredFailure | null
  completedTasks: number
  startedAt: number | null
  finishedAt: number | null
  purgedAt: number | null
  version: number
  epoch: number
  retryEpoch: number
  replicaId: string | null
}

export interface LogRow {
  readonly expressionId: string
  readonly task: number
  readonly value: string
  readonly agentId: string
  readonly attempt: number
  readonly startedAt: number
  readonly finishedAt: number
}

export interface AttemptRow {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  readonly agentId: string
  readonly outcome: AttemptOutcome
  readonly alone: boolean
  readonly message: string
  readonly epoch: number
}

export const byAttempt = (a: AttemptRow, b: AttemptRow): number =>
  a.expressionId.localeCompare(b.expressionId) || a.task - b.task || a.attempt - b.attempt

export interface DeletedRow {
  readonly id: string
  readonly ownerId: string
  readonly deletedAt: number
  /** As it was. */
  readonly row: ExpressionRow
}

export interface AgentRow {
  readonly id: string
  readonly tokenId: string
  readonly name: string
  slots: number
  presence: AgentPresence
  sessionId: string
  replicaId: string
  version: number
}

export interface ReplicaRow {
  readonly heartbeatAt: number
  /** Empty until its first heartbeat. */
  readonly stats: ReplicaStats | object
}
