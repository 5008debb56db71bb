import { deleteExpiredTokens } from '../../store/accounts/delete-expired-tokens.ts'
import { deleteOldAuditEvents } from '../../store/accounts/delete-old-audit-events.ts'
import type { Services } from '../services.ts'

/** Housekeeping for a sweep: tokens, sign-ins and rate-limit windows whose time is over, and old events. Returns how many tokens went. */
export async function purgeExpiredTokens({
  database,
  environment,
}: Pick<Services, 'database' | 'environment'>): Promise<number> {
  await deleteOldAuditEvents(database.pool, environment.AUDIT_RETENTION_SECONDS)
  return deleteExpiredTokens(database)
}
