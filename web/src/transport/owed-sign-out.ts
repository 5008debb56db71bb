import { keep, readKept } from '../browser-storage.ts'

/** Whether somebody has signed out in this browser and the server has not heard of it: the cookie of then would let the next one in. */
export interface OwedSignOut {
  readonly get: () => boolean
  readonly set: (isOwed: boolean) => void
}

const key = 'sign-out-owed'

/** Kept for all tabs, and for those to come. Some browsers are set to keep nothing; then it lasts as long as its page. */
export function openOwedSignOut(): OwedSignOut {
  let isOwedHere = false
  return {
    get() {
      const kept = readKept(key)
      return kept === undefined ? isOwedHere : kept !== null
    },
    set(isOwed) {
      isOwedHere = isOwed
      keep(key, isOwed ? 'yes' : null)
    },
  }
}
