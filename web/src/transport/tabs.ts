/** The other pages of this browser, which have the same cookie. */
export interface Tabs {
  readonly tellSignedOut: () => void
  readonly onSignedOut: (listener: () => void) => void
}

export function openTabs(): Tabs {
  const channel = new BroadcastChannel('session')
  return {
    tellSignedOut: () => channel.postMessage('signed-out'),
    onSignedOut: (listener) => channel.addEventListener('message', listener),
  }
}
