/**
 * Gives each assignment a cell and lets it stay there until it is done: the server tells what an agent computes, and in no
 * order. `places` says which assignment, by its key, lay in which cell before.
 */
export function placeInSlots(places: readonly (string | null)[], keys: readonly string[], slots: number) {
  const wanted = new Set(keys)
  const next = Array.from({ length: Math.max(slots, keys.length) }, (_, slot) => {
    const key = places[slot] ?? null
    return key !== null && wanted.delete(key) ? key : null
  })
  for (const key of wanted) next[next.indexOf(null)] = key
  return next
}
