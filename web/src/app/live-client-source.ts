import { createLiveClient, type LiveClient } from '../client.ts'
import type { TokenSource } from '../transport/session.ts'
import { createValueStore } from '../transport/value-store.ts'

export interface Generation {
  readonly number: number
  readonly live: LiveClient
}

/**
 * The client of a sign-in, open while somebody watches this source, as React's `useSyncExternalStore` does. Where the server
 * has closed its socket for good, another takes its place.
 */
export function createLiveClientSource(session: TokenSource) {
  const current = createValueStore<Generation | null>(null)
  let watchers = 0
  let generations = 0

  function open(): void {
    generations += 1
    const live = createLiveClient(session, () => {
      close()
      open()
    })
    current.set({ number: generations, live })
  }

  function close(): void {
    current.get()?.live.dispose()
    current.set(null)
  }

  return {
    get: current.get,
    subscribe(listener: () => void): () => void {
      const unsubscribe = current.subscribe(listener)
      watchers += 1
      if (watchers === 1) open()
      return () => {
        unsubscribe()
        watchers -= 1
        if (watchers === 0) close()
      }
    },
  }
}
