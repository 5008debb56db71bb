import type { LiveClient } from '../client.ts'
import type { TokenSource } from '../transport/session.ts'
import { createValueStore } from '../transport/value-store.ts'

/** Its code comes only to who is signed in: it brings the cache along, of which nobody else has use. */
export type LiveState =
  | { readonly kind: 'coming' }
  | { readonly kind: 'open'; readonly number: number; readonly live: LiveClient }
  /** Its code did not come. */
  | { readonly kind: 'unloaded' }

const coming: LiveState = { kind: 'coming' }

/**
 * The client of a sign-in, open while somebody watches this source, as React's `useSyncExternalStore` does. Where the server
 * has closed its socket for good, another takes its place.
 */
export function createLiveClientSource(session: TokenSource) {
  const current = createValueStore<LiveState>(coming)
  let watchers = 0
  let generations = 0

  async function open(): Promise<void> {
    const number = ++generations
    const module = await import('../client.ts').catch(() => null)
    if (number !== generations) return
    if (module === null) return current.set({ kind: 'unloaded' })
    const live = module.createLiveClient(session, () => {
      close()
      void open()
    })
    current.set({ kind: 'open', number, live })
  }

  function close(): void {
    generations += 1
    const state = current.get()
    if (state.kind === 'open') state.live.dispose()
    current.set(coming)
  }

  return {
    get: current.get,
    subscribe(listener: () => void): () => void {
      const unsubscribe = current.subscribe(listener)
      watchers += 1
      if (watchers === 1) void open()
      return () => {
        unsubscribe()
        watchers -= 1
        if (watchers === 0) close()
      }
    },
  }
}

/** Where nobody is signed in yet. */
export const noLiveClient: ReturnType<typeof createLiveClientSource> = {
  get: () => coming,
  subscribe: () => () => {},
}
