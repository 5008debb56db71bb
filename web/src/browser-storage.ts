/** For good and for all tabs, or for one tab as long as it is open. */
type Keeper = 'localStorage' | 'sessionStorage'

/** What was kept under a key; null where nothing was, and where the browser is set to keep nothing. */
export function readKept(key: string, keeper: Keeper = 'localStorage'): string | null {
  try {
    return window[keeper].getItem(key)
  } catch {
    return null
  }
}

/** Keeps a text, or nothing any more. Returns whether the browser does: some are set not to, or have no room. */
export function keep(key: string, text: string | null, keeper: Keeper = 'localStorage'): boolean {
  try {
    if (text === null) window[keeper].removeItem(key)
    else window[keeper].setItem(key, text)
    return true
  } catch {
    return false
  }
}
