import { useEffect, useState, type RefObject } from 'react'

export interface RowsInSight {
  /** Indexes of the first row and the last that are in sight, whether there are so many or not. */
  readonly first: number
  readonly last: number
  /** In pixels; 0 before it is known. */
  readonly rowHeight: number
}

const before: RowsInSight = { first: 0, last: 20, rowHeight: 0 }

/** Which rows of a list are in sight as the document is scrolled, of rows that are all as high as the ruler. */
export function useRowsInSight(rows: RefObject<HTMLElement | null>, ruler: RefObject<HTMLElement | null>): RowsInSight {
  const [inSight, setInSight] = useState(before)

  useEffect(() => {
    const measure = () => {
      const rowHeight = ruler.current?.offsetHeight ?? 0
      const top = rows.current?.getBoundingClientRect().top
      if (top === undefined || rowHeight === 0) return
      const first = Math.max(0, Math.floor(-top / rowHeight))
      const last = Math.max(first, Math.ceil((window.innerHeight - top) / rowHeight))
      setInSight((known) =>
        known.first === first && known.last === last && known.rowHeight === rowHeight
          ? known
          : { first, last, rowHeight },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const { current } of [rows, ruler]) if (current) observer.observe(current)
    window.addEventListener('scroll', measure, { passive: true })
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('scroll', measure)
      window.removeEventListener('resize', measure)
    }
  }, [rows, ruler])

  return inSight
}
