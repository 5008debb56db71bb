import { useEffect, useState, type RefObject } from 'react'

/** Which of the children of a scrolling element with `data-chunk` are in sight of it or near; few at first. */
export function useChunksInSight(frame: RefObject<HTMLElement | null>, count: number): ReadonlySet<number> {
  const [inSight, setInSight] = useState<ReadonlySet<number>>(() => new Set([0, 1, 2]))

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const sight = new IntersectionObserver(
      (entries) =>
        setInSight((before) => {
          const after = new Set(before)
          for (const { target, isIntersecting } of entries) {
            const chunk = Number((target as HTMLElement).dataset['chunk'])
            if (isIntersecting) after.add(chunk)
            else after.delete(chunk)
          }
          return after
        }),
      { root: element, rootMargin: '50%' },
    )
    for (const chunk of element.querySelectorAll('[data-chunk]')) sight.observe(chunk)
    return () => sight.disconnect()
  }, [frame, count])

  return inSight
}
