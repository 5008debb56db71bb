/** For good and for all tabs, or for one tab as long as it is open. */
type Keeper = 'localStorage' | 'sessionStorage'

/** What was kept under a key; null where nothing was, undefined where the browser is set to keep nothing. */
export function readKept(key: string, keeper: Keeper = 'localStorage'): string | null | undefined {
  try {
    return window[keeper].getItem(key)
  } catch {
    return undefined
  }
}

/** Keeps a text, or nothing any more. Some browsers are set not to, or have no room; then it holds for this page. */
export function keep(key: string, text: string | null, keeper: Keeper = 'localStorage'): void {
  try {
    if (text === null) window[keeper].removeItem(key)
    else window[keeper].setItem(key, text)
  } catch {
    // Told above.
  }
}
