import type { Pool } from 'pg'
import { AuditLog, type AuditJournal, type AuditLogOptions } from './audit-log.ts'
import { EndedSignIns, type EndedSignInsOptions } from './ended-sign-ins.ts'
import { hashPassword } from './password.ts'
import { PasswordQueue } from './password-queue.ts'
import { deriveKey } from './derive-key.ts'
import { RevokedTokens } from './revoked-tokens.ts'
import { createSignInLimits, type SignInLimits } from './sign-in-limits.ts'
import { TokenThrottle } from './token-throttle.ts'

/** What the use cases of accounts share: made once, when the process starts. */
export interface Accounts {
  /** Signs and checks access tokens. */
  readonly jwtKey: Uint8Array
  /** Derives the successors of refresh tokens. */
  readonly refreshKey: Uint8Array
  /** Signs the cookies by which devices are known. */
  readonly deviceKey: Uint8Array
  readonly limits: SignInLimits
  readonly tokenThrottle: TokenThrottle
  readonly passwordQueue: PasswordQueue
  readonly endedSignIns: EndedSignIns
  readonly revokedTokens: RevokedTokens
  readonly audit: AuditJournal
  /** What the password of an unknown email is checked against, so that it takes the time of a known one. */
  readonly decoyPasswordHash: string
}

export interface AccountsOptions extends EndedSignInsOptions, AuditLogOptions {
  /** At least 32 characters, the same for all replicas. */
  readonly jwtSecret: string
  readonly pool: Pool
}

export async function createAccounts(options: AccountsOptions): Promise<Accounts> {
  const { jwtSecret, pool } = options
  const limits = createSignInLimits(pool)
  return {
    jwtKey: new TextEncoder().encode(jwtSecret),
    refreshKey: deriveKey(jwtSecret, 'refresh tokens'),
    deviceKey: deriveKey(jwtSecret, 'devices'),
    limits,
    tokenThrottle: new TokenThrottle(limits.tokenByNetwork, options.clock),
    passwordQueue: new PasswordQueue(),
    endedSignIns: await EndedSignIns.load(options),
    revokedTokens: new RevokedTokens(options),
    audit: new AuditLog(options),
    decoyPasswordHash: await hashPassword('nobody has this password'),
  }
}
