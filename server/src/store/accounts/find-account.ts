import type { Database } from '../database.ts'
import { originDays } from './known-origins.ts'

/** An account, as far as a sign-in needs it. */
export interface Account {
  readonly id: string
  readonly passwordHash: string
  readonly isKnownDevice: boolean
  readonly isKnownNetwork: boolean
  /** Nothing of this user is let in. */
  readonly isDisabled: boolean
}

/** The account of an email, and whether it was signed in to before from this device and from this network. */
export async function findAccount(
  { prisma }: Database,
  email: string,
  device: Uint8Array<ArrayBuffer> | null,
  network: Uint8Array<ArrayBuffer>,
): Promise<Account | undefined> {
  const [account] = await prisma.$queryRaw<Account[]>`
    SELECT id, password_hash AS "passwordHash", disabled_at IS NOT NULL AS "isDisabled", coalesce(known.device, false) AS "isKnownDevice",
      coalesce(known.network, false) AS "isKnownNetwork"
    FROM user_account, LATERAL (
      SELECT bool_or(hash = ${device}::bytea) AS device, bool_or(hash = ${network}::bytea) AS network
      FROM known_origin
      WHERE user_id = user_account.id AND hash IN (${device}::bytea, ${network}::bytea)
        AND last_used_at > now() - make_interval(days => ${originDays}::int)
    ) AS known
    WHERE email = ${email}`
  return account
}
