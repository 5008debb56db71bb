import { revokeRefreshTokenFamily } from '../store/accounts/revoke-refresh-token-family.ts'
import type { Services } from './services.ts'
import { hashToken } from './token-hash.ts'

/** Ends the sign-in of a refresh token, in all tabs. Access tokens given before run out by themselves, within minutes. */
export async function logout({ database }: Services, refreshToken: string): Promise<void> {
  await revokeRefreshTokenFamily(database, hashToken(refreshToken))
}
