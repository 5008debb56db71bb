import type { Database } from '../database.ts'

const batch = 1_000

/**
 * Deletes refresh tokens past their time and windows of rate limits that closed an hour ago (they carry the clock of the
 * replica that opened them, which may differ from the database's). Small batches, each a transaction of its own; replicas that
 * purge at once share the work. Returns how many refresh tokens went.
 */
export async function deleteExpiredTokens({ prisma }: Database): Promise<number> {
  await prisma.$executeRaw`DELETE FROM rate_limit WHERE expire < (extract(epoch FROM now() - interval '1 hour') * 1000)::bigint`
  let deleted = 0
  for (;;) {
    const count = await prisma.$executeRaw`
      DELETE FROM refresh_token WHERE id IN (
        SELECT id FROM refresh_token WHERE expires_at < now() ORDER BY expires_at LIMIT ${batch} FOR UPDATE SKIP LOCKED
      )`
    deleted += count
    if (count < batch) return deleted
  }
}
