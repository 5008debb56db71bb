import { useEffect, useState, type RefObject } from 'react'

/** What is so near to what is seen is there before one has scrolled to it. */
const margin = '800px 0px'

/**
 * Whether an element is in sight, or soon; while it is not, how high it was, so that nothing moves where it leaves the document. One
 * that has the focus stays: the keyboard would lose its place.
 */
export function useNearSight(element: RefObject<HTMLElement | null>, heightBefore: number | null) {
  const [awayHeight, setAwayHeight] = useState(heightBefore)

  useEffect(() => {
    const target = element.current
    if (!target) return
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1)
        if (!last) return
        if (last.isIntersecting) setAwayHeight(null)
        else if (!target.contains(document.activeElement)) setAwayHeight(target.offsetHeight)
      },
      { rootMargin: margin },
    )
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])

  return { isNear: awayHeight === null, awayHeight }
}
