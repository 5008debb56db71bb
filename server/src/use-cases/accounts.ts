import type { Pool } from 'pg'
import { hashPassword } from './password.ts'
import { createSignInLimits, type SignInLimits } from './sign-in-limits.ts'

/** What the use cases of accounts share: made once, when the process starts. */
export interface Accounts {
  /** Signs and checks access tokens. */
  readonly jwtKey: Uint8Array
  readonly limits: SignInLimits
  /** What the password of an unknown email is checked against, so that it takes the time of a known one. */
  readonly decoyPasswordHash: string
}

export interface AccountsOptions {
  /** At least 32 characters, the same for all replicas. */
  readonly jwtSecret: string
  readonly pool: Pool
  readonly limits?: SignInLimits
}

export async function createAccounts({ jwtSecret, pool, limits }: AccountsOptions): Promise<Accounts> {
  return {
    jwtKey: new TextEncoder().encode(jwtSecret),
    limits: limits ?? createSignInLimits(pool),
    decoyPasswordHash: await hashPassword('nobody has this password'),
  }
}
