import type { Pool } from 'pg'
import type { AttemptOutcome } from '../../domain/tasks/attempt.ts'

/** An attempt that did not bring a result. Ages are in milliseconds, as in `NewResult`. */
export interface NewFailedAttempt {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  readonly agentId: string
  readonly outcome: AttemptOutcome
  /** Whether its agent had nothing beside it. */
  readonly alone: boolean
  readonly message: string
  /** Of the expression, as when the task was given out. */
  readonly epoch: number
  readonly startedAgoMs: number
}

/** Keeps attempts that failed. One that is known already, from a replica that was thought lost, is kept as it was first told. */
export async function recordFailedAttempts(pool: Pool, attempts: readonly NewFailedAttempt[]): Promise<void> {
  await pool.query({
    name: 'record-failed-attempts',
    text: `
      INSERT INTO failed_attempt (expression_id, task, attempt, agent_id, outcome, alone, message, epoch, started_at, ended_at)
      SELECT expression_id, task, attempt, agent_id, outcome::attempt_outcome, alone, message, epoch,
             now() - started_ago * interval '1 millisecond', now()
        FROM unnest($1::uuid[], $2::int[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::float8[],
                    $9::bool[])
          AS new (expression_id, task, attempt, agent_id, outcome, message, epoch, started_ago, alone)
      ON CONFLICT DO NOTHING`,
    values: [
      attempts.map((attempt) => attempt.expressionId),
      attempts.map((attempt) => attempt.task),
      attempts.map((attempt) => attempt.attempt),
      attempts.map((attempt) => attempt.agentId),
      attempts.map((attempt) => attempt.outcome),
      attempts.map((attempt) => attempt.message),
      attempts.map((attempt) => attempt.epoch),
      attempts.map((attempt) => attempt.startedAgoMs),
      attempts.map((attempt) => attempt.alone),
    ],
  })
}

/** The failed attempts at an expression's tasks, oldest first. */
export async function loadFailedAttempts(pool: Pool, expressionIds: readonly string[]): Promise<StoredFailedAttempt[]> {
  const { rows } = await pool.query<StoredFailedAttempt>({
    name: 'load-failed-attempts',
    text: `
      SELECT expression_id AS "expressionId", task, attempt, agent_id AS "agentId", outcome, alone, message, epoch,
             started_at AS "startedAt", ended_at AS "endedAt"
        FROM failed_attempt WHERE expression_id = ANY($1::uuid[]) ORDER BY expression_id, task, attempt`,
    values: [expressionIds],
  })
  return rows
}

export interface StoredFailedAttempt {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  readonly agentId: string
  readonly outcome: AttemptOutcome
  readonly alone: boolean
  readonly message: string
  readonly epoch: number
  readonly startedAt: Date
  readonly endedAt: Date
}
