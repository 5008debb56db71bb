/**
 * For what may go away while it has the focus, as a button does that has done what it was for: the part of the page in which it stood has the
 * focus then, unless something else has taken it. A ref, of which the end comes before the element has left the page.
 */
export function leaveFocus(element: HTMLElement | null): () => void {
  return () => {
    if (element === null || document.activeElement !== element) return
    const around = [...document.querySelectorAll('section')].filter((part) => part.contains(element))
    // By then it is known what has gone with it, and what has come in its place.
    queueMicrotask(() => {
      const part = around.findLast(({ isConnected }) => isConnected)
      if (!part || document.activeElement !== document.body) return
      part.tabIndex = -1
      // A press on it is to mean nothing later.
      part.onblur = () => part.removeAttribute('tabindex')
      part.focus({ preventScroll: true })
    })
  }
}
