/** How the page's WebSocket stands, as shown in the header. `reason`: why the server refuses it, in a sentence, where it tells. */
export type ConnectionState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  /** Lost a moment ago, and being opened again. */
  | { readonly phase: 'reconnecting'; readonly reason: string | null }
  /** Waiting before the next try, until `retryAt` by the clock of the page. */
  | { readonly phase: 'offline'; readonly retryAt: number; readonly reason: string | null }

const baseMs = 500
const ceilingMs = 15_000

/**
 * How long to wait before try number `retries` (from 0) to open the socket again. The first is at once: most losses are a
 * server that restarts or a token that expired. Then it doubles, by chance between a half and the whole of it, so that the
 * pages of a server that comes back do not all come at the same moment.
 */
export function retryDelayMs(retries: number, chance: number): number {
  if (retries === 0) return 0
  const whole = Math.min(ceilingMs, baseMs * 2 ** (retries - 1))
  return whole / 2 + (whole / 2) * chance
}
