import { useLayoutEffect, type RefObject } from 'react'

/**
 * Keeps what stands in the middle of an element that scrolls sideways there when its width changes, as of a phone that is turned.
 * @param start what stands there at first, as a part of the content's width; null while there is nothing to show
 */
export function useKeptCentre(frame: RefObject<HTMLElement | null>, start: number | null): void {
  useLayoutEffect(() => {
    const element = frame.current
    if (!element || start === null) return
    let centre = start
    let width = 0
    const place = () => {
      width = element.clientWidth
      element.scrollTo({ left: centre * element.scrollWidth - width / 2 })
    }
    const note = () => {
      // What fits is not scrolled, and what a change of width has moved was not moved by anybody.
      if (element.scrollWidth > element.clientWidth && element.clientWidth === width)
        centre = (element.scrollLeft + width / 2) / element.scrollWidth
    }
    place()
    const resizes = new ResizeObserver(place)
    resizes.observe(element)
    element.addEventListener('scroll', note, { passive: true })
    return () => {
      resizes.disconnect()
      element.removeEventListener('scroll', note)
    }
  }, [frame, start])
}
