import type { Pool } from 'pg'
import type { StoreModel } from './store-model.ts'

/** All rows, in a form in which those of the database and those of the model are the same. Of most times it is told whether they are set. */
export interface Snapshot {
  readonly expressions: readonly object[]
  readonly log: readonly object[]
  readonly attempts: readonly object[]
  readonly deleted: readonly object[]
  readonly replicas: readonly string[]
  readonly agents: readonly object[]
  readonly offers: readonly object[]
}

/** Orders by text as the database would by id. */
const sorted = <Row>(rows: Iterable<Row>, keyOf: (row: Row) => string): Row[] =>
  [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

export function readModel({ expressions, offers, presence }: StoreModel): Snapshot {
  return {
    expressions: sorted(expressions.rows.values(), ({ id }) => id).map(
      ({ startedAt, finishedAt, purgedAt, source: _, plan: __, operationCount: ___, ...row }) => ({
        ...row,
        started: startedAt !== null,
        finished: finishedAt !== null,
        purged: purgedAt !== null,
      }),
    ),
    log: sorted(expressions.logs.keys(), (id) => id).flatMap((id) => expressions.log(id)),
    attempts: sorted(expressions.attempts, ([key]) => key).map(([, attempt]) => attempt),
    deleted: sorted(expressions.deleted.values(), ({ id }) => id).map(({ id, ownerId }) => ({ id, ownerId })),
    replicas: sorted(presence.replicas.keys(), (id) => id),
    agents: sorted(presence.agents.values(), ({ id }) => id),
    offers: sorted(offers.rows, ([key]) => key).map(([, { offer, offeredBy, claimedBy }]) => {
      const { expressionId, task, attempt, epoch } = offer
      return { expressionId, task, attempt, epoch, offeredBy, claimedBy }
    }),
  }
}

export async function readDatabase(pool: Pool): Promise<Snapshot> {
  const { rows } = await pool.query<Snapshot>(`
    SELECT
      (SELECT coalesce(json_agg(row), '[]') FROM (
        SELECT id, owner_id AS "ownerId", request_id AS "requestId", status, result, failure,
               completed_tasks AS "completedTasks", started_at IS NOT NULL AS started, finished_at IS NOT NULL AS finished,
               purged_at IS NOT NULL AS purged, version, epoch, retry_epoch AS "retryEpoch",
               replica_id AS "replicaId"
          FROM expression ORDER BY id) row) AS expressions,
      (SELECT coalesce(json_agg(row), '[]') FROM (
        SELECT expression_id AS "expressionId", task, value, agent_id AS "agentId", attempt,
               round(extract(epoch FROM started_at) * 1000) AS "startedAt",
               round(extract(epoch FROM finished_at) * 1000) AS "finishedAt"
          FROM task_result ORDER BY expression_id, task) row) AS log,
      (SELECT coalesce(json_agg(row), '[]') FROM (
        SELECT expression_id AS "expressionId", task, attempt, agent_id AS "agentId", outcome, alone, message, epoch
          FROM failed_attempt ORDER BY expression_id, task, attempt) row) AS attempts,
      (SELECT coalesce(json_agg(row), '[]') FROM (
        SELECT id, owner_id AS "ownerId" FROM deleted_expression ORDER BY id) row) AS deleted,
      (SELECT coalesce(json_agg(id ORDER BY id), '[]') FROM replica) AS replicas,
      (SELECT coalesce(json_agg(row), '[]') FROM (
        SELECT id, token_id AS "tokenId", name, slots, presence, session_id AS "sessionId", replica_id AS "replicaId", version
          FROM agent ORDER BY id) row) AS agents,
      (SELECT coalesce(json_agg(row), '[]') FROM (
        SELECT expression_id AS "expressionId", task, attempt, epoch, offered_by AS "offeredBy", claimed_by AS "claimedBy"
          FROM offer ORDER BY expression_id, task) row) AS offers`)
  const [snapshot] = rows
  if (snapshot === undefined) throw new Error('a SELECT of aggregates brings one row')
  return snapshot
}
