import { endSignIn, endSignInOfToken, endSignInsOf } from '../../store/accounts/end-sign-ins.ts'
import { revokePersonalToken } from './personal-tokens.ts'
import { announceEnded } from './end-sign-ins.ts'
import type { Services } from '../services.ts'
import { hashToken } from './token-hash.ts'

/** What shows what is meant: a refresh token, an access token, or both; or a personal token. */
export interface LogoutInput {
  readonly refreshToken?: string | undefined
  readonly signInId?: string | undefined
  /** A personal token that it comes with, which nothing else can revoke but a sign-in. */
  readonly personalToken?: { readonly id: string; readonly userId: string } | undefined
  readonly address: string
}

/** Ends a sign-in, in all tabs: its access tokens are refused from now on, and its sockets closed. Tells whether there was one to end. */
export async function logout(services: Services, input: LogoutInput): Promise<boolean> {
  const { refreshToken, signInId, personalToken, address } = input
  if (personalToken) await revokePersonalToken(services, personalToken.id, { userId: personalToken.userId, address })
  const { prisma } = services.database
  const ended = [
    ...(refreshToken === undefined ? [] : await endSignInOfToken(prisma, hashToken(refreshToken))),
    ...(signInId === undefined ? [] : await endSignIn(prisma, signInId)),
  ]
  announceEnded(services, ended)
  for (const { userId } of ended)
    services.accounts.audit.record({ kind: 'SIGNED_OUT', actorId: userId, subjectId: userId, address })
  return ended.length > 0 || personalToken !== undefined
}

/** Ends all sign-ins of a user, this one too. Returns how many there were. */
export async function logoutEverywhere(services: Services, userId: string, address: string): Promise<number> {
  const ended = await endSignInsOf(services.database.prisma, userId)
  announceEnded(services, ended)
  const detail = `${ended.length} sessions`
  services.accounts.audit.record({ kind: 'SIGNED_OUT_EVERYWHERE', actorId: userId, subjectId: userId, address, detail })
  return ended.length
}
