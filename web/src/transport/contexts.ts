import type { Client } from '@urql/core'
import { createContext, use, useSyncExternalStore } from 'react'
import type { ConnectionState } from './connection.ts'
import type { Session, SessionState } from './session.ts'

export const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession stands outside of SessionContext')
  return session
}

export function useSessionState(): SessionState {
  const { state } = useSession()
  return useSyncExternalStore(state.subscribe, state.get)
}

/** Whether the signed-in user is an admin; false when nobody is signed in. */
export function useIsAdmin(): boolean {
  const state = useSessionState()
  return state.status === 'signed-in' && state.user.role === 'ADMIN'
}

/** How the socket stands, for those who show it. */
export interface Connection {
  readonly state: { readonly get: () => ConnectionState; readonly subscribe: (listener: () => void) => () => void }
  readonly retryNow: () => void
  /** How often the socket was lost and opened again. */
  readonly reconnections: { readonly get: () => number; readonly subscribe: (listener: () => void) => () => void }
}

export const ConnectionContext = createContext<Connection | null>(null)

/** Whose answers and payloads go past the cache, straight to who shows them. */
export const UncachedContext = createContext<Client | null>(null)

export function useUncached(): Client {
  const client = use(UncachedContext)
  if (!client) throw new Error('useUncached stands outside of UncachedContext')
  return client
}
