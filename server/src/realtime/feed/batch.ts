/** Entities by key, as they were read together. Never changed once it is made, for subscribers share it. */
export type Batch<Entity> = ReadonlyMap<string, Entity>

const merges = new WeakMap<Batch<unknown>, WeakMap<Batch<unknown>, Batch<unknown>>>()
const lists = new WeakMap<Batch<unknown>, unknown[]>()

/** Of each entity the newer state; where versions are equal, what came later. The same batches give the same batch. */
export function merge<Entity>(
  earlier: Batch<Entity>,
  later: Batch<Entity>,
  versionOf: (entity: Entity) => number,
): Batch<Entity> {
  if (earlier.size === 0) return later
  const mergesOfEarlier = merges.get(earlier) ?? new WeakMap<Batch<unknown>, Batch<unknown>>()
  merges.set(earlier, mergesOfEarlier)
  const known = mergesOfEarlier.get(later) as Batch<Entity> | undefined
  if (known) return known
  const merged = new Map(earlier)
  for (const [key, entity] of later) {
    const other = merged.get(key)
    if (other === undefined || versionOf(other) <= versionOf(entity)) merged.set(key, entity)
  }
  mergesOfEarlier.set(later, merged)
  return merged
}

/**
 * The entities of a batch. The same batch gives the same list, by which it is known that two subscribers see the same; it is not to be
 * changed.
 */
export function listOf<Entity>(batch: Batch<Entity>): Entity[] {
  const list = (lists.get(batch) as Entity[] | undefined) ?? [...batch.values()]
  lists.set(batch, list)
  return list
}
