import type { FilterVariable } from '../filter/list-filter.ts'
import type { ListOrder } from '../filter/list-order.ts'
import { matches } from './matches.ts'
import { comparing, indexIn, placeOf, type Place } from './place.ts'
import type { Row } from './row.ts'

/** So many are looked up one by one; for more of them all places are gone through once. */
const fewPlaces = 16

/** Below all versions that there are. */
const distrusted = -1

/** What an event or a page has changed. */
export interface Change {
  /** Whether how many there are may be another number than was known. */
  readonly isCountDoubtful: boolean
  /** Whose source has to be looked at to know whether they belong to the list. */
  readonly unknown: readonly Row[]
}

/**
 * A list as far as it is known: what was loaded from its beginning (`head`) and from its end (`tail`), in order, with a gap between
 * until they meet. A place is kept of each expression, a row only of those that are looked at: of 100 000 that one has scrolled
 * through 2 000. Knows of no network and no page. See docs/decisions/0037.
 */
export class RowList {
  readonly head: Place[] = []
  readonly tail: Place[] = []
  /** Whether nothing lies between. */
  isWhole = false
  readonly #rows = new Map<string, Row>()
  readonly #places = new Map<string, Place>()
  readonly #filter: FilterVariable | null
  readonly #order: ListOrder
  readonly #compare: (a: Place, b: Place) => number

  constructor(filter: FilterVariable | null, order: ListOrder) {
    this.#filter = filter
    this.#order = order
    this.#compare = comparing(order)
  }

  row(id: string): Row | undefined {
    return this.#rows.get(id)
  }

  knows(id: string): boolean {
    return this.#places.has(id)
  }

  get size(): number {
    return this.#places.size
  }

  /** Takes in a page beyond the head or, from the end, ahead of the tail. Where it brings what is known already, both have met. */
  addPage(side: 'head' | 'tail', rows: readonly Row[]): void {
    const added = rows.filter(({ id }) => !this.#places.has(id))
    if (this.tail.length > 0 && added.length < rows.length) this.isWhole = true
    for (const row of added) this.#places.set(row.id, placeOf(this.#order, row))
    for (const row of rows) this.keep(row)
    const places = added.flatMap(({ id }) => this.#places.get(id) ?? [])
    if (side === 'head') this.head.push(...places)
    else this.tail.unshift(...places)
    this.#join()
  }

  /** Nothing is left to load. */
  end(): void {
    this.isWhole = true
    this.#join()
  }

  #join(): void {
    // One by one: a call takes some ten thousand arguments, and no more.
    if (this.isWhole) for (const place of this.tail.splice(0)) this.head.push(place)
  }

  /** A row as it is now, unless a newer one is here. */
  keep(row: Row): Row {
    const known = this.#rows.get(row.id)
    if (known && known.version > row.version) return known
    this.#rows.set(row.id, row)
    return row
  }

  /** Rows as they are now, by events or because they were asked for. They come, go, and change their places. */
  apply(rows: readonly Row[]): Change {
    let isCountDoubtful = false
    const unknown: Row[] = []
    for (const event of rows) {
      const known = this.#rows.get(event.id)
      if (known && known.version > event.version) continue
      const place = this.#places.get(event.id)
      const match = matches(this.#filter, this.#order, event)
      // A source never changes: what was found by it is found by it still.
      const belongs = match === 'yes' || (match === 'unknown' && place !== undefined)
      if (match === 'unknown' && !place) unknown.push(event)
      else if (!belongs && place) this.remove([event.id])
      else if (belongs && place) this.#move(event, place)
      else if (belongs) this.#insert(event)
      if (belongs !== (place !== undefined)) isCountDoubtful = true
    }
    return { isCountDoubtful, unknown }
  }

  /** @returns how many of them were in the list */
  remove(ids: readonly string[]): number {
    const places = ids.flatMap((id) => this.#places.get(id) ?? [])
    for (const id of ids) {
      this.#places.delete(id)
      this.#rows.delete(id)
    }
    for (const side of [this.head, this.tail])
      if (places.length > fewPlaces) keepOnly(side, ({ id }) => this.#places.has(id))
      else for (const place of places) this.#cut(side, place)
    return places.length
  }

  #cut(side: Place[], place: Place): void {
    const index = indexIn(side, place, this.#compare)
    if (side[index]?.id === place.id) side.splice(index, 1)
  }

  /** Puts in its place what belongs to the list, unless that lies in the gap. */
  insert(row: Row): void {
    const place = this.#places.get(row.id)
    if (place) this.#move(row, place)
    else this.#insert(row)
  }

  #insert(row: Row): void {
    const place = placeOf(this.#order, row)
    const side = this.#sideOf(place)
    if (side === null) return
    this.#places.set(row.id, place)
    this.#rows.set(row.id, row)
    this[side].splice(indexIn(this[side], place, this.#compare), 0, place)
  }

  #move(row: Row, place: Place): void {
    this.#rows.set(row.id, row)
    if (placeOf(this.#order, row).key === place.key) return
    this.remove([row.id])
    this.#insert(row)
  }

  #sideOf(place: Place): 'head' | 'tail' | null {
    const [last, first] = [this.head.at(-1), this.tail[0]]
    if (this.isWhole || (last && this.#compare(place, last) < 0)) return 'head'
    return first && this.#compare(place, first) > 0 ? 'tail' : null
  }

  /** Where an expression stands; null where it is not among those that are known. */
  positionOf(id: string): { readonly side: 'head' | 'tail'; readonly index: number } | null {
    const place = this.#places.get(id)
    if (!place) return null
    for (const side of ['head', 'tail'] as const) {
      const index = indexIn(this[side], place, this.#compare)
      if (this[side][index]?.id === id) return { side, index }
    }
    return null
  }

  /** Forgets rows that nobody looks at; they are asked for again. */
  forget(isNear: (id: string) => boolean): void {
    for (const id of this.#rows.keys()) if (!isNear(id)) this.#rows.delete(id)
  }

  get keptRows(): number {
    return this.#rows.size
  }

  /** After a lost connection nothing is known to be as it was: whatever comes is newer. */
  distrust(): void {
    for (const [id, row] of this.#rows) this.#rows.set(id, { ...row, version: distrusted })
  }

  /** Whether a row has to be asked for. */
  isMissing(id: string): boolean {
    const row = this.#rows.get(id)
    return !row || row.version === distrusted
  }
}

function keepOnly(places: Place[], isKept: (place: Place) => boolean): void {
  let kept = 0
  for (const place of places) if (isKept(place)) places[kept++] = place
  places.length = kept
}
