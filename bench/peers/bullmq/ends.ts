import type { Queue } from 'bullmq'
import type { Ended } from '../polled-ends.ts'
import type { OperationResult } from './flow.ts'

/** So many of those that ended last are kept and looked at. */
export const kept = 512

/**
 * Which expressions have ended, of late. On PostgreSQL events alone do not tell all: they are read by a cursor on their sequence, in which a
 * transaction that commits later may stand earlier, and a wake-up may be left to a neighbour that has told already. With 200 slots
 * the first 16 trees of 10 operations were all done, and the ends of some never came.
 */
export async function findEnded(roots: Queue): Promise<Ended[]> {
  const jobs = await roots.getJobs(['completed', 'failed'], 0, kept - 1)
  return jobs.map(({ id = '', returnvalue, failedReason }) => ({
    id,
    ending: failedReason
      ? { kind: 'failure', message: failedReason }
      : { kind: 'value', value: (returnvalue as OperationResult).value },
  }))
}
