import type { Pool } from 'pg'

/** An offer by its task and the attempt that it is for: what was taken, came back and is offered anew is another attempt. */
export interface OfferedTask {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
}

/** Removes offers, whoever has taken them. */
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

/** Removes what a replica offered so long ago and nobody has taken. Returns it. */
export async function withdrawOffers(pool: Pool, lenderId: string, olderThanMs: number): Promise<OfferedTask[]> {
  const { rows } = await pool.query<OfferedTask>({
    name: 'withdraw-offers',
    text: `
      DELETE FROM offer
       WHERE lender_id = $1 AND borrower_id IS NULL AND offered_at <= now() - $2 * interval '1 millisecond'
      RETURNING expression_id AS "expressionId", task, attempt`,
    values: [lenderId, olderThanMs],
  })
  return rows
}

/** Removes offers that have lost the replica that made them, or the one that has taken them. */
export async function removeLostOffers(pool: Pool): Promise<void> {
  await pool.query({
    name: 'remove-lost-offers',
    text: `
      DELETE FROM offer
       WHERE NOT EXISTS (SELECT FROM replica WHERE replica.id = offer.lender_id)
          OR (borrower_id IS NOT NULL AND NOT EXISTS (SELECT FROM replica WHERE replica.id = offer.borrower_id))`,
  })
}

/** What a replica has on offer, taken or not. */
export async function listOffers(pool: Pool, lenderId: string): Promise<OfferedTask[]> {
  const { rows } = await pool.query<OfferedTask>({
    name: 'list-offers',
    text: `SELECT expression_id AS "expressionId", task, attempt FROM offer WHERE lender_id = $1`,
    values: [lenderId],
  })
  return rows
}
