import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { LiveList } from '../rows/live-list.ts'
import type { RowsInSight } from '../rows/useRowsInSight.ts'

/** What lies over the list: the header of the page, and what is said of the selection. */
const coveredAbove = () => document.querySelector('header')?.offsetHeight ?? 0
const coveredBelow = () => Math.max(oneMore, document.querySelector<HTMLElement>('[data-dock]')?.offsetHeight ?? 0)
/** Of the rows that follow one is seen, so that it is loaded and the keyboard can go on. */
const oneMore = 80
/** With the first row its headings are seen. */
const headings = 44

/** Brings a row into sight, and keeps in sight what is read while rows come and go above it. */
export function useReveal(
  rows: RefObject<HTMLElement | null>,
  live: LiveList,
  revision: number,
  { first, rowHeight }: RowsInSight,
): (index: number) => void {
  const read = useRef<{ readonly id: string; readonly index: number } | null>(null)

  useLayoutEffect(() => {
    const known = read.current
    const index = known === null ? -1 : live.indexOf(known.id)
    if (known !== null && index >= 0 && index !== known.index && rowHeight > 0)
      window.scrollBy({ top: (index - known.index) * rowHeight, behavior: 'instant' })
    // Of the rows of a change only those count that were there before it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [live, revision])

  useLayoutEffect(() => {
    const place = first > 0 ? live.at(first) : undefined
    read.current = place ? { id: place.id, index: first } : null
  }, [live, revision, first])

  return (index) => {
    const top = rows.current?.getBoundingClientRect().top
    if (top === undefined) return
    const above = top + index * rowHeight - coveredAbove() - (index === 0 ? headings : 0)
    const below = top + (index + 1) * rowHeight - (window.innerHeight - coveredBelow())
    if (above < 0) window.scrollBy({ top: above, behavior: 'instant' })
    else if (below > 0) window.scrollBy({ top: below, behavior: 'instant' })
  }
}
