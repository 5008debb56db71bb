import { keepInCookies, type ClientState } from './client-state.ts'
import { refreshSession, type RefreshSessionOutcome } from './refresh-session.ts'

/** Exchanges the refresh token of a client's cookie, which then holds the new one, or none where it was no good. */
export async function refreshByCookie(client: ClientState): Promise<RefreshSessionOutcome> {
  const { address, refreshCookie, services } = client
  const outcome = await refreshSession(services, { refreshToken: refreshCookie?.read(), address })
  if ('kind' in outcome && outcome.kind === 'SessionExpiredError' && !outcome.wasEnded) refreshCookie?.clear()
  return keepInCookies(client, outcome)
}
