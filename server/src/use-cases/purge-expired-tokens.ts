import { deleteExpiredTokens } from '../store/accounts/delete-expired-tokens.ts'
import type { Services } from './services.ts'

/** Housekeeping for a sweep: refresh tokens and rate-limit windows whose time is over. Returns how many tokens went. */
export const purgeExpiredTokens = ({ database }: Pick<Services, 'database'>): Promise<number> =>
  deleteExpiredTokens(database)
