import type { Pool } from 'pg'

/** A call's work is bounded, and the next one goes on. */
const batchSize = 1_000

/** Gives up what has not arrived in its time, whether or not it was tried. Returns how many. */
export async function giveUpDeliveries(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'give-up-deliveries',
    text: `
      UPDATE webhook_delivery SET next_attempt_at = NULL WHERE id IN (
        SELECT id FROM webhook_delivery WHERE next_attempt_at IS NOT NULL AND gives_up_at < now()
         LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
      )`,
  })
  return rowCount ?? 0
}

/** Deletes deliveries that came to their end longer ago than this, and those of webhooks that are no more. Returns how many. */
export async function purgeDeliveries(pool: Pool, retentionSeconds: number): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'purge-deliveries',
    // From one webhook's deliveries to the next one's, and not through all of them.
    text: `
      WITH RECURSIVE told AS (
        (SELECT webhook_id FROM webhook_delivery ORDER BY webhook_id LIMIT 1)
        UNION ALL
        SELECT (SELECT webhook_id FROM webhook_delivery WHERE webhook_id > told.webhook_id ORDER BY webhook_id LIMIT 1)
          FROM told WHERE webhook_id IS NOT NULL
      ), gone AS (
        SELECT webhook_id FROM told
         WHERE webhook_id IS NOT NULL AND NOT EXISTS (SELECT FROM webhook WHERE id = webhook_id) LIMIT 10
      )
      DELETE FROM webhook_delivery WHERE id IN (
        (SELECT id FROM webhook_delivery
          WHERE next_attempt_at IS NULL AND created_at < now() - $1 * interval '1 second' LIMIT ${batchSize})
        UNION ALL
        (SELECT id FROM webhook_delivery WHERE webhook_id IN (SELECT webhook_id FROM gone) LIMIT ${batchSize})
      )`,
    values: [retentionSeconds],
  })
  return rowCount ?? 0
}
