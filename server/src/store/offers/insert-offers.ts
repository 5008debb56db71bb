import type { Pool } from 'pg'
import type { Offer } from './offer.ts'

/** Offers tasks to the other replicas. */
export async function insertOffers(pool: Pool, offeredBy: string, offers: readonly Offer[]): Promise<void> {
  await pool.query({
    name: 'insert-offers',
    text: `
      INSERT INTO offer (offered_by, expression_id, task, attempt, epoch, owner_id, operation, operands, duration_ms, remaining_ms, alone)
      SELECT $1, id, task, attempt, epoch, owner_id, operation, string_to_array(operands, ' '), duration_ms, remaining_ms,
             alone
        FROM unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::uuid[], $7::text[], $8::text[], $9::int[], $10::int[],
                    $11::bool[])
          AS new (id, task, attempt, epoch, owner_id, operation, operands, duration_ms, remaining_ms, alone)
      ON CONFLICT (expression_id, task) DO UPDATE
         SET offered_by = excluded.offered_by, attempt = excluded.attempt, epoch = excluded.epoch, alone = excluded.alone, claimed_by = NULL,
             claim_id = NULL, offered_at = now()`,
    values: [
      offeredBy,
      offers.map((offer) => offer.expressionId),
      offers.map((offer) => offer.task),
      offers.map((offer) => offer.attempt),
      offers.map((offer) => offer.epoch),
      offers.map((offer) => offer.ownerId),
      offers.map((offer) => offer.operation),
      // Numbers have no space in them.
      offers.map((offer) => offer.operands.join(' ')),
      offers.map((offer) => offer.durationMs),
      offers.map((offer) => offer.remainingMs),
      offers.map((offer) => offer.alone),
    ],
  })
}
