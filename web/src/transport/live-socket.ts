import { createClient, type Client } from 'graphql-ws'
import { retryDelayMs, type ConnectionState } from './connection.ts'
import { closeCode, endpoint } from './protocol.ts'
import type { TokenSource } from './session.ts'
import { explainRefusal } from './socket-refusal.ts'
import { createValueStore } from './value-store.ts'

const pingEveryMs = 10_000
const pongWithinMs = 5_000
const rebuildAfterMs = 10_000

export interface LiveSocket {
  readonly client: Client
  readonly state: { readonly get: () => ConnectionState; readonly subscribe: (listener: () => void) => () => void }
  /** Ends the wait before the next try. */
  readonly retryNow: () => void
  readonly dispose: () => void
}

interface Dependencies {
  readonly session: TokenSource
  readonly now: () => number
  readonly randomFraction: () => number
  /** The socket is open again after it was lost; snapshots of all subscriptions follow. */
  readonly onReconnected: () => void
  /** The server closed the socket for good and its subscriptions have ended: begin anew, with another one. */
  readonly onEnded: () => void
}

/** The page's one socket: open while somebody is signed in, opened again for as long as it takes. */
export function createLiveSocket({ session, now, randomFraction, onReconnected, onEnded }: Dependencies): LiveSocket {
  const state = createValueStore<ConnectionState>({ phase: 'connecting' })
  let pongTimer: ReturnType<typeof setTimeout> | undefined
  let refusals = 0
  let reason: string | null = null
  /** Nothing is wrong with a server that wants a newer token, and nobody need see it get one. */
  let isRenewing = false
  let isDisposed = false
  let endWait = () => {}

  function tellReason(told: string | null): void {
    reason = told
    const current = state.get()
    if ('reason' in current) state.set({ ...current, reason })
  }

  async function waitOffline(delayMs: number): Promise<void> {
    state.set({ phase: 'offline', retryAt: now() + delayMs, reason })
    void explainRefusal().then(tellReason)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs)
      endWait = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function waitToRetry(retries: number): Promise<void> {
    const delayMs = retryDelayMs(retries, randomFraction())
    if (delayMs > 0 && session.accessToken() !== undefined) await waitOffline(delayMs)
    // Here rather than after opening: the server closes a socket that does not show its token within seconds.
    while (!isDisposed) {
      if (!isRenewing) state.set({ phase: 'reconnecting', reason })
      isRenewing = false
      if (session.accessToken() !== undefined) return
      if ((await session.refresh()) === 'unreachable') await waitOffline(retryDelayMs(retries + 2, randomFraction()))
    }
    // A socket is no longer wanted, and there is no other way to tell the client while it waits.
    await new Promise<never>(() => {})
  }

  function noteClosing(event: unknown): void {
    clearTimeout(pongTimer)
    const code = event instanceof CloseEvent ? event.code : undefined
    isRenewing = code === closeCode.tokenExpired
    if (isRenewing) session.discardAccessToken()
    if (code !== closeCode.tokenRefused) return
    refusals += 1
    if (refusals > 1) session.end()
    else session.discardAccessToken()
  }

  const client = createClient({
    url: () => new URL(endpoint, location.href).href.replace(/^http/, 'ws'),
    connectionParams: () => ({ token: session.accessToken() ?? '' }),
    lazy: false,
    retryAttempts: Infinity,
    retryWait: waitToRetry,
    // By default a failed connection, which browsers report as a bare error, would be the end.
    shouldRetry: () => true,
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: pongWithinMs,
    onNonLazyError: () => {
      if (!isDisposed) void waitOffline(rebuildAfterMs).then(() => !isDisposed && onEnded())
    },
    on: {
      connected(_socket, _payload, wasRetry) {
        refusals = 0
        reason = null
        state.set({ phase: 'live' })
        if (wasRetry) onReconnected()
      },
      ping(isReceived) {
        if (!isReceived) pongTimer = setTimeout(() => client.terminate(), pongWithinMs)
      },
      pong: () => clearTimeout(pongTimer),
      closed: noteClosing,
    },
  })

  const retryNow = () => endWait()
  window.addEventListener('online', retryNow)

  return {
    client,
    state,
    retryNow,
    dispose() {
      isDisposed = true
      clearTimeout(pongTimer)
      window.removeEventListener('online', retryNow)
      // It rejects where the socket was never opened, which is as good as closed.
      Promise.resolve(client.dispose()).catch(() => {})
      endWait()
    },
  }
}
