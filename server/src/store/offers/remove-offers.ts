import type { Pool } from 'pg'
import type { Offer } from './offer.ts'

/** An offer by its task and the attempt that it is for: what was taken, came back and is offered anew is another attempt. */
export interface OfferedTask {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
}

export type ClaimedTask = OfferedTask & Pick<Offer, 'epoch'>

/** Removes offers, whoever has claimed them. */
export async function removeOffers(pool: Pool, tasks: readonly OfferedTask[]): Promise<void> {
  await pool.query({
    name: 'remove-offers',
    text: `
      DELETE FROM offer USING unnest($1::uuid[], $2::int[], $3::int[]) AS done (expression_id, task, attempt)
       WHERE offer.expression_id = done.expression_id AND offer.task = done.task AND offer.attempt = done.attempt`,
    values: [
      tasks.map(({ expressionId }) => expressionId),
      tasks.map(({ task }) => task),
      tasks.map(({ attempt }) => attempt),
    ],
  })
}

/** Removes what one claim has taken, if it has taken anything. Returns it. */
export async function removeClaim(pool: Pool, claimId: string): Promise<ClaimedTask[]> {
  const { rows } = await pool.query<ClaimedTask>({
    name: 'remove-claim',
    text: `DELETE FROM offer WHERE claim_id = $1 RETURNING expression_id AS "expressionId", task, attempt, epoch`,
    values: [claimId],
  })
  return rows
}

/** Offers by a condition, but for those that somebody else is just writing: a sweep waits for nobody who may be waiting for it. */
const unlocked = (condition: string): string => `
      DELETE FROM offer USING (SELECT expression_id, task FROM offer WHERE ${condition} FOR UPDATE SKIP LOCKED) AS unlocked
       WHERE offer.expression_id = unlocked.expression_id AND offer.task = unlocked.task`

/** Removes what a replica offered so long ago and nobody has claimed. Returns it. */
export async function withdrawOffers(pool: Pool, offeredBy: string, olderThanMs: number): Promise<OfferedTask[]> {
  const { rows } = await pool.query<OfferedTask>({
    name: 'withdraw-offers',
    text: `${unlocked("offered_by = $1 AND claimed_by IS NULL AND offered_at <= now() - $2 * interval '1 millisecond'")}
      RETURNING offer.expression_id AS "expressionId", offer.task, attempt`,
    values: [offeredBy, olderThanMs],
  })
  return rows
}

/** Removes offers that have lost the replica that made them, or the one that has claimed them. */
export async function removeLostOffers(pool: Pool): Promise<void> {
  await pool.query({
    name: 'remove-lost-offers',
    text: unlocked(`
      NOT EXISTS (SELECT FROM replica WHERE replica.id = offer.offered_by)
        OR (claimed_by IS NOT NULL AND NOT EXISTS (SELECT FROM replica WHERE replica.id = offer.claimed_by))`),
  })
}

/** What a replica has on offer, taken or not. */
export async function listOffers(pool: Pool, offeredBy: string): Promise<OfferedTask[]> {
  const { rows } = await pool.query<OfferedTask>({
    name: 'list-offers',
    text: `SELECT expression_id AS "expressionId", task, attempt FROM offer WHERE offered_by = $1`,
    values: [offeredBy],
  })
  return rows
}
