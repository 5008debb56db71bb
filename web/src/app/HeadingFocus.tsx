import { useEffect, useRef } from 'react'
import { useLocation } from '../routing/hooks.ts'

/**
 * Takes the keyboard's focus along to another page: to its heading, which may come later than the address. On arrival it stays where browsers
 * put it, and where a page has put it or somebody has moved it meanwhile.
 */
export function HeadingFocus() {
  const { pathname } = useLocation()
  const last = useRef(pathname)

  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    // Led on to another address at once, one has only just arrived.
    if (!navigator.userActivation.hasBeenActive) return
    const before = document.activeElement
    const moveFocus = (): boolean => {
      const heading = document.querySelector<HTMLElement>('main h1')
      if (heading === null) return false
      const now = document.activeElement
      const isFree = now === document.body || (now === before && now?.closest('main') === null)
      if (isFree) {
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
      }
      return true
    }
    if (moveFocus()) return
    const observer = new MutationObserver(() => moveFocus() && observer.disconnect())
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [pathname])

  return null
}
