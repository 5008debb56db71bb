import pg from 'pg'
import type { DatabaseAddress } from './address.ts'

/** Of a pool that hands out its sessions in turn, how often it may take to be given one that is known. */
const tries = 4

/**
 * Whether something on the way gives each transaction another session, as PgBouncer does by `pool_mode = transaction`: then prepared statements,
 * LISTEN, locks and settings of a session end up anywhere. It shows by a second connection that is given the session of the first.
 */
export async function isPooledByTransaction(first: pg.Client, { connection }: DatabaseAddress): Promise<boolean> {
  // PostgreSQL itself tells a new connection the number of its process; what stands before it makes up another.
  const known = new Set([await processOf(first)])
  if (known.has((first as unknown as { readonly processID: number }).processID)) return false
  const second = new pg.Client({ ...connection, application_name: 'reckon start' })
  second.on('error', () => {})
  await second.connect()
  try {
    for (let attempt = 0; attempt < tries; attempt++) {
      await second.query('BEGIN')
      const taken = await processOf(second)
      // While the second has it to itself the first is given another.
      const other = await processOf(first)
      await second.query('COMMIT')
      if (known.has(taken) || !known.has(other)) return true
      known.add(other)
    }
    return false
  } finally {
    await second.end().catch(() => {})
  }
}

async function processOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}
