/**
 * For what may go away while it has the focus, as a button does that has done what it was for: the part of the page in which it stood has the
 * focus then, unless something else has taken it. A ref, of which the end comes before the element has left the page.
 */
export function leaveFocus(element: HTMLElement | null): () => void {
  return () => {
    if (element === null || document.activeElement !== element) return
    const parts = partsAround(element)
    // By then it is known what has gone with it, and what has come in its place.
    queueMicrotask(() => {
      if (document.activeElement === document.body) focusOn(parts.find(({ isConnected }) => isConnected))
    })
  }
}

function partsAround(element: HTMLElement): HTMLElement[] {
  const parts: HTMLElement[] = []
  for (let part = partOf(element); part; part = partOf(part)) parts.push(part)
  return parts
}

const partOf = ({ parentElement }: HTMLElement) => parentElement?.closest<HTMLElement>('section')

function focusOn(part: HTMLElement | undefined): void {
  if (!part) return
  part.tabIndex = -1
  // A press on it is to mean nothing later.
  part.addEventListener('blur', () => part.removeAttribute('tabindex'), { once: true })
  part.focus({ preventScroll: true })
}
