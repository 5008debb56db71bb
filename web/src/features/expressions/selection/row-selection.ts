/** Which expressions something is to be done to: these, or all that the filter leaves, those that are not loaded as well, but for some. */
export type RowSelection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> }

export const nothingSelected: RowSelection = { kind: 'some', ids: new Set() }
export const allSelected: RowSelection = { kind: 'all', except: new Set() }

export const isNothing = (selection: RowSelection): boolean => selection.kind === 'some' && selection.ids.size === 0

export const isSelected = (selection: RowSelection, id: string): boolean =>
  selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id)

/** With these ids selected, or not, and all others as they were. */
export function select(selection: RowSelection, ids: readonly string[], isWanted: boolean): RowSelection {
  const isListed = (selection.kind === 'some') === isWanted
  const listed = new Set(selection.kind === 'some' ? selection.ids : selection.except)
  for (const id of ids)
    if (isListed) listed.add(id)
    else listed.delete(id)
  return selection.kind === 'some' ? { kind: 'some', ids: listed } : { kind: 'all', except: listed }
}

export const toggle = (selection: RowSelection, id: string): RowSelection =>
  select(selection, [id], !isSelected(selection, id))

/** How many, as far as it is known how many there are. */
export function countOf(
  selection: RowSelection,
  all: { readonly total: number; readonly isExact: boolean } | null,
): { readonly count: number; readonly isExact: boolean } {
  if (selection.kind === 'some') return { count: selection.ids.size, isExact: true }
  return { count: Math.max(0, (all?.total ?? 0) - selection.except.size), isExact: all?.isExact === true }
}
