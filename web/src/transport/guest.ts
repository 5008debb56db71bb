import type { TokenSource } from './session.ts'
import { createValueStore } from './value-store.ts'

export interface Guest extends TokenSource {
  /** Whether the server takes the link no longer. */
  readonly isOver: { readonly get: () => boolean; readonly subscribe: (listener: () => void) => () => void }
}

/** Somebody who has a link to one expression, whose secret stands in the place of a token. Nothing renews it. */
export function createGuest(secret: string): Guest {
  const isOver = createValueStore(false)
  return {
    isOver,
    accessToken: () => secret,
    discardAccessToken() {},
    refresh: async () => 'ended',
    end: () => isOver.set(true),
  }
}
