import { useRef, useState } from 'react'
import type { LiveList } from '../rows/live-list.ts'
import { allSelected, nothingSelected, select, toggle, type RowSelection } from './row-selection.ts'

/** The row that the keyboard is at, by its id, and where it was last, for when it is gone. */
interface Active {
  readonly id: string
  readonly index: number
}

export interface GridSelection {
  readonly selection: RowSelection
  /** -1 where there is none. */
  readonly activeIndex: number
  /** Moves the keyboard there. */
  readonly activate: (index: number) => void
  readonly toggle: (index: number) => void
  /** Selects from where a range began to here, and nothing else. */
  readonly extend: (index: number) => void
  readonly selectAll: () => void
  readonly clear: () => void
}

/** What is selected in a list, and at which row the keyboard is. */
export function useRowSelection(live: LiveList): GridSelection {
  const [selection, setSelection] = useState(nothingSelected)
  const [active, setActive] = useState<Active | null>(null)
  const anchor = useRef<string | null>(null)

  const found = active === null ? -1 : live.indexOf(active.id)
  const activeIndex = active === null || live.length === 0 ? -1 : found >= 0 ? found : nearest(live, active.index)

  function activate(index: number) {
    const place = live.at(index)
    if (place) setActive({ id: place.id, index })
  }

  function toggleAt(index: number) {
    const place = live.at(index)
    if (!place) return
    anchor.current = place.id
    activate(index)
    setSelection((known) => toggle(pruned(known, live), place.id))
  }

  function extend(index: number) {
    const begin = anchor.current === null ? activeIndex : live.indexOf(anchor.current)
    const from = begin >= 0 ? begin : index
    anchor.current ??= live.at(from)?.id ?? null
    activate(index)
    setSelection(select(nothingSelected, idsBetween(live, from, index), true))
  }

  return {
    selection: pruned(selection, live),
    ...{ activeIndex, activate, extend },
    toggle: toggleAt,
    selectAll() {
      anchor.current = null
      setSelection(allSelected)
    },
    clear() {
      anchor.current = null
      setSelection(nothingSelected)
    },
  }
}

/** What has left the list is not selected any more. */
function pruned(selection: RowSelection, { list }: LiveList): RowSelection {
  if (selection.kind === 'all') return selection
  const isGone = (id: string) => !list.knows(id)
  const gone = [...selection.ids].filter(isGone)
  return gone.length === 0 ? selection : select(selection, gone, false)
}

function nearest(live: LiveList, index: number): number {
  const last = Math.min(index, live.length - 1)
  return live.at(last) ? last : Math.max(0, live.list.head.length - 1)
}

/** As far as they are loaded without a gap: of what nobody has seen nothing is selected by a range. */
function idsBetween(live: LiveList, from: number, to: number): string[] {
  const step = Math.sign(to - from) || 1
  const ids: string[] = []
  for (let index = from; ; index += step) {
    const place = live.at(index)
    if (!place) return ids
    ids.push(place.id)
    if (index === to) return ids
  }
}
