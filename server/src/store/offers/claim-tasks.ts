import type { Pool } from 'pg'
import { offerColumns, type Offer } from './offer.ts'

/**
 * Takes offered tasks to a replica with free slots, those with the longest way to go first. Rows that another is taking are skipped. What a
 * replica offered that is no more is not for others: whoever takes its expressions over gives their tasks out itself.
 * @param claimId of this very claim: see `removeClaim`
 */
export async function claimTasks(pool: Pool, claimedBy: string, claimId: string, limit: number): Promise<Offer[]> {
  const { rows } = await pool.query<Offer>({
    name: 'claim-tasks',
    text: `
      WITH open AS (
        SELECT expression_id, task FROM offer
         WHERE claimed_by IS NULL AND offered_by <> $1 AND EXISTS (SELECT FROM replica WHERE replica.id = offer.offered_by)
         ORDER BY remaining_ms DESC LIMIT $3 FOR UPDATE SKIP LOCKED
      )
      UPDATE offer SET claimed_by = $1, claim_id = $2 FROM open
       WHERE offer.expression_id = open.expression_id AND offer.task = open.task
      RETURNING ${offerColumns}`,
    values: [claimedBy, claimId, limit],
  })
  return rows
}
