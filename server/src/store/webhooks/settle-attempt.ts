import type { Pool } from 'pg'

/** What is kept of an attempt, to be shown. */
export interface AttemptRecord {
  readonly deliveryId: string
  readonly webhookId: string
  readonly status: number | null
  readonly answer: string | null
  readonly problem: string | null
  readonly tookMs: number
}

/** Writes down that a delivery has arrived, and that its webhook can be reached. */
export async function settleDelivered(pool: Pool, attempt: AttemptRecord): Promise<void> {
  const { deliveryId, webhookId, status, answer, problem, tookMs } = attempt
  await pool.query({
    name: 'settle-delivered',
    text: `
      WITH reached AS (
        UPDATE webhook SET failures = 0, failing_since = NULL, resumes_at = NULL WHERE id = $2 AND failures > 0
      )
      UPDATE webhook_delivery SET delivered_at = now(), next_attempt_at = NULL, answer_status = $3, answer = $4, problem = $5, took_ms = $6
       WHERE id = $1 AND delivered_at IS NULL`,
    values: [deliveryId, webhookId, status, answer, problem, tookMs],
  })
}

export interface FailedAttempt extends AttemptRecord {
  /** Null where this was the last. */
  readonly retryAfterMs: number | null
  /** How long nothing is to be tried of the webhook. */
  readonly pauseMs: number | null
  /** The receiver wants no more, now or ever. */
  readonly isGone: boolean
  /** A webhook is disabled that was not reached for so long, in so many attempts. */
  readonly disabling: { readonly afterMs: number; readonly failures: number }
}

/** Writes down that an attempt has failed. Returns the reason, where the webhook is disabled by it. */
export async function settleFailed(pool: Pool, attempt: FailedAttempt): Promise<string | null> {
  const { deliveryId, webhookId, status, answer, problem, tookMs, retryAfterMs, pauseMs, isGone, disabling } = attempt
  const { rows } = await pool.query<{ reason: string }>({
    name: 'settle-failed',
    text: `
      WITH tried AS (
        UPDATE webhook_delivery SET answer_status = $3, answer = $4, problem = $5, took_ms = $6,
               next_attempt_at = CASE WHEN $7::float8 IS NOT NULL THEN now() + $7 * interval '1 millisecond' END
         WHERE id = $1 AND delivered_at IS NULL
      ), failing AS (
        UPDATE webhook SET failures = failures + 1, failing_since = coalesce(failing_since, now()),
               resumes_at = CASE WHEN $8::float8 IS NOT NULL THEN now() + $8 * interval '1 millisecond' END
         WHERE id = $2
        RETURNING id, failures, failing_since
      )
      SELECT CASE WHEN $9 THEN 'The receiver answered 410: it wants no more.'
                  ELSE 'Nothing arrived in ' || failures || ' attempts since ' || to_char(failing_since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC.'
             END AS reason
        FROM failing WHERE $9 OR (failures >= $11 AND failing_since < now() - $10 * interval '1 millisecond')`,
    values: [
      ...[deliveryId, webhookId, status, answer, problem, tookMs, retryAfterMs, pauseMs],
      ...[isGone, disabling.afterMs, disabling.failures],
    ],
  })
  const reason = rows[0]?.reason
  return reason !== undefined && (await disable(pool, webhookId, reason)) ? reason : null
}

/** Whether it was not before. */
async function disable(pool: Pool, id: string, reason: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'disable-webhook',
    text: `UPDATE webhook SET disabled_at = now(), disabled_reason = $2 WHERE id = $1 AND disabled_at IS NULL`,
    values: [id, reason],
  })
  return rowCount === 1
}
