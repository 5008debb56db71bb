import type { Pool } from 'pg'

export interface ClaimedDelivery {
  readonly id: string
  readonly webhookId: string
  readonly userId: string
  readonly url: string
  readonly host: string
  readonly event: string
  readonly expressionId: string | null
  readonly data: unknown
  readonly createdAt: Date
  /** With the one that is to be made now. */
  readonly attempts: number
  /** Of the webhook, attempts that failed since the last that did not. */
  readonly failures: number
}

export interface Claim {
  readonly most: number
  /** Of one webhook at a time; of one that fails a single one. */
  readonly mostOfWebhook: number
  /** Hosts and users of which no webhook is to be taken. */
  readonly except: { readonly hosts: readonly string[]; readonly users: readonly string[] }
  /** When it counts as never tried, should whoever claims it be gone. */
  readonly leaseMs: number
}

/**
 * Takes deliveries whose time has come, for one replica alone. Of webhooks, and not of deliveries, first: those of one that waits cannot stand
 * before all others; and of one webhook a host, so that what is taken for it at once is bounded too. In an order of chance, so that none is
 * always the last.
 */
export async function claimDeliveries(
  pool: Pool,
  { most, mostOfWebhook, except, leaseMs }: Claim,
): Promise<ClaimedDelivery[]> {
  const { rows } = await pool.query<ClaimedDelivery>({
    name: 'claim-deliveries',
    text: `
      WITH by_host AS (
        SELECT DISTINCT ON (host) webhook.id, user_id, url, host, failures FROM webhook JOIN user_account ON user_account.id = user_id
         WHERE paused_at IS NULL AND webhook.disabled_at IS NULL AND user_account.disabled_at IS NULL
           AND (resumes_at IS NULL OR resumes_at <= now()) AND host <> ALL ($3::text[]) AND user_id <> ALL ($4::uuid[])
           AND EXISTS (SELECT FROM webhook_delivery WHERE webhook_id = webhook.id AND next_attempt_at <= now())
         ORDER BY host, random()
      ), open AS (
        SELECT * FROM by_host ORDER BY random() LIMIT $1
      ), due AS (
        SELECT delivery_id, open.* FROM open CROSS JOIN LATERAL (
          SELECT id FROM webhook_delivery WHERE webhook_id = open.id AND next_attempt_at <= now()
           ORDER BY next_attempt_at LIMIT CASE WHEN failures > 0 THEN 1 ELSE $2::int END
             FOR UPDATE SKIP LOCKED
        ) first (delivery_id) LIMIT $1
      )
      UPDATE webhook_delivery SET attempts = attempts + 1, next_attempt_at = now() + $5 * interval '1 millisecond', last_attempt_at = now()
        FROM due WHERE webhook_delivery.id = due.delivery_id
      RETURNING webhook_delivery.id, webhook_id AS "webhookId", user_id AS "userId", url, host, event, expression_id AS "expressionId", data,
        created_at AS "createdAt", attempts, failures`,
    values: [most, mostOfWebhook, except.hosts, except.users, leaseMs],
  })
  return rows
}
