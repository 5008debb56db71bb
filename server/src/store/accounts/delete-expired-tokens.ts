import type { Database } from '../database.ts'
import { originDays } from './known-origins.ts'

const batch = 1_000

/** What is ended is remembered for as long as any access token may live, see use-cases/accounts/ended-sign-ins.ts: a day at most, by env.ts. */
const spareDays = 2

/**
 * Deletes refresh tokens past their time, sign-ins that are long over, origins, invitations, reset links and personal tokens of long ago, and windows of rate limits that closed
 * an hour ago (they carry the clock of the replica that opened them, which may differ from the database's). Small batches, each a
 * transaction of its own; replicas that purge at once share the work. Returns how many refresh tokens went.
 */
export async function deleteExpiredTokens({ prisma }: Database): Promise<number> {
  await prisma.$executeRaw`DELETE FROM rate_limit WHERE expire < (extract(epoch FROM now() - interval '1 hour') * 1000)::bigint`
  await prisma.$executeRaw`DELETE FROM known_origin WHERE last_used_at < now() - make_interval(days => ${originDays}::int)`
  await prisma.$executeRaw`DELETE FROM invitation WHERE expires_at < now() - make_interval(days => ${originDays}::int)`
  await prisma.$executeRaw`DELETE FROM reset_link WHERE expires_at < now() - make_interval(days => ${originDays}::int)`
  await inBatches(
    () => prisma.$executeRaw`
      DELETE FROM personal_token WHERE id IN (
        SELECT id FROM personal_token
        WHERE expires_at < now() - make_interval(days => ${originDays}::int)
          OR revoked_at < now() - make_interval(days => ${originDays}::int)
        LIMIT ${batch} FOR UPDATE SKIP LOCKED
      )`,
  )
  await inBatches(
    () => prisma.$executeRaw`
      DELETE FROM sign_in WHERE id IN (
        SELECT id FROM sign_in
        WHERE expires_at < now() - make_interval(days => ${spareDays}::int)
          OR ended_at < now() - make_interval(days => ${spareDays}::int)
        LIMIT ${batch} FOR UPDATE SKIP LOCKED
      )`,
  )
  // Of a sign-in that was ended they are of no more use; one that has gone has taken none with it.
  return inBatches(
    () => prisma.$executeRaw`
      DELETE FROM refresh_token WHERE id IN (
        SELECT id FROM refresh_token WHERE expires_at < now() ORDER BY expires_at LIMIT ${batch} FOR UPDATE SKIP LOCKED
      )`,
  )
}

async function inBatches(deleteSome: () => Promise<number>): Promise<number> {
  let deleted = 0
  for (;;) {
    const count = await deleteSome()
    deleted += count
    if (count < batch) return deleted
  }
}
