import { useLayoutEffect, useState, type RefObject } from 'react'

/** Rows above and below those in sight, so that scrolling finds them there. */
const spare = 6

/**
 * Which of many rows of one height are in sight of a scrolling element, the first inclusive, the last exclusive. Only these
 * need to be in the document.
 */
export function useVisibleRows(frame: RefObject<HTMLElement | null>, count: number, rowHeight: number) {
  const [sight, setSight] = useState({ first: 0, last: 2 * spare })

  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = () => {
      const first = Math.floor(element.scrollTop / rowHeight)
      const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight)
      setSight((sight) => (sight.first === first && sight.last === last ? sight : { first, last }))
    }
    measure()
    const resizes = new ResizeObserver(measure)
    resizes.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      resizes.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [frame, rowHeight])

  const last = Math.min(count, sight.last + spare)
  return { first: Math.max(0, Math.min(sight.first - spare, last)), last }
}
