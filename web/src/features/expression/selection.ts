import { createContext, use, useSyncExternalStore } from 'react'
import { createValueStore } from '../../transport/value-store.ts'

/** Tasks of one expression by their index in its plan. All that shows tasks (source, graph, rows, bars) reads and sets this one. */
export interface Selection {
  /** Pinned by a click, a tap, or the keyboard, until another is or it is let go. */
  readonly selected: number | null
  /** Under the pointer right now; looked at before the selected one. */
  readonly hovered: number | null
}

export interface SelectionStore {
  readonly get: () => Selection
  readonly subscribe: (listener: () => void) => () => void
  readonly select: (index: number | null) => void
  readonly hover: (index: number | null) => void
}

const nothing: Selection = { selected: null, hovered: null }

export function createSelection(): SelectionStore {
  const { get, set, subscribe } = createValueStore(nothing)
  return {
    get,
    subscribe,
    select: (selected) => get().selected !== selected && set({ ...get(), selected }),
    hover: (hovered) => get().hovered !== hovered && set({ ...get(), hovered }),
  }
}

/** Which one is told about: a look at another takes nothing from the one that is pinned. */
export const shownTask = ({ selected, hovered }: Selection): number | null => hovered ?? selected

/** Given by the page of an expression. */
export const SelectionContext = createContext<SelectionStore | null>(null)

/** For canvases, which draw anew without React, and for handlers. */
export function useSelection(): SelectionStore {
  const selection = use(SelectionContext)
  if (!selection) throw new Error('useSelection stands outside of SelectionContext')
  return selection
}

/** The task that is told about: the hovered one, else the selected one. */
export const useShownTask = (): number | null => useSelected(shownTask)

/** The task that is pinned. */
export const useSelectedTask = (): number | null => useSelected(({ selected }) => selected)

export type Mark = 'selected' | 'hovered' | undefined

/** How a place stands out that shows these tasks, one mostly; of thousands places only those render anew whose mark has changed. */
export const useMark = (indices: readonly number[]): Mark =>
  useSelected(({ selected, hovered }) =>
    selected !== null && indices.includes(selected)
      ? 'selected'
      : hovered !== null && indices.includes(hovered)
        ? 'hovered'
        : undefined,
  )

function useSelected<Part>(partOf: (selection: Selection) => Part): Part {
  const { get, subscribe } = useSelection()
  return useSyncExternalStore(subscribe, () => partOf(get()))
}
