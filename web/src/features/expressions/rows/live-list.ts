import { createValueStore } from '../../../transport/value-store.ts'
import type { FilterVariable } from '../filter/list-filter.ts'
import type { ListOrder } from '../filter/list-order.ts'
import { Deletions } from './deletions.ts'
import type { Found, ListReader } from './list-reader.ts'
import type { ListView } from './list-view.ts'
import type { Place } from './place.ts'
import { paced } from './paced.ts'
import type { Row } from './row.ts'
import { RowList } from './row-list.ts'
import { SourceSearch } from './source-search.ts'

/** Rows so near to what is in sight are loaded. */
const ahead = 60
/** A gap of nobody knows how many. */
const unknownGap = 40
/** Rows that are kept, and of them those on each side of what is in sight when the others go. */
const keptRows = 2_000
const nearRows = 500
const rowsAtOnce = 100
const recountMs = 2_000

/** A list that loads what is looked at, from either end, and is kept true by events. */
export class LiveList {
  readonly view = createValueStore<ListView>({
    ...{ revision: 0, phase: 'loading', problem: null, count: null, searchedTo: null },
  })
  #list: RowList
  readonly #newList: () => RowList
  readonly #reader: ListReader
  readonly #deletions: Deletions
  readonly #sources: SourceSearch
  /** What is about to be deleted is gone already, to the eye. */
  readonly #hidden = new Set<string>()
  readonly #cursors: { head: string | null; tail: string | null } = { head: null, tail: null }
  readonly #loading = new Set<'head' | 'tail' | 'rows'>()
  /** The latest of what changed while pages are on their way, which may have been read before it. */
  readonly #overtaking = new Map<string, Row>()
  #range: readonly [number, number] = [0, 0]
  #isPaused = false
  readonly #recount = paced(recountMs, () => this.#count())

  constructor(reader: ListReader, filter: FilterVariable | null, order: ListOrder) {
    this.#reader = reader
    this.#newList = () => new RowList(filter, order)
    this.#list = this.#newList()
    this.#deletions = new Deletions(reader, (found) => this.#takeIn(found))
    this.#sources = new SourceSearch(reader, (found) => {
      for (const row of this.#thatAreThere(found)) this.#list.insert(row)
      this.#change({})
    })
  }

  get list(): RowList {
    return this.#list
  }

  /** How many rows stand for what is not loaded. */
  get gap(): number {
    const { count } = this.view.get()
    if (this.#list.isWhole || this.#isPaused) return 0
    return count?.isExact === true ? Math.max(1, count.total - this.#list.size) : unknownGap
  }

  get length(): number {
    return this.#list.head.length + this.gap + this.#list.tail.length
  }

  at(index: number): Place | undefined {
    const { head, tail } = this.#list
    return index < head.length ? head[index] : tail[index - head.length - this.gap]
  }

  loadedIds(): string[] {
    return [...this.#list.head, ...this.#list.tail].map(({ id }) => id)
  }

  /** @returns -1 where it is not loaded */
  indexOf(id: string): number {
    const position = this.#list.positionOf(id)
    if (position === null) return -1
    return position.side === 'head' ? position.index : this.#list.head.length + this.gap + position.index
  }

  /** What is in sight: it is loaded, with what is near. */
  want(first: number, last: number): void {
    this.#range = [first, last]
    const begin = this.#list.head.length
    const end = begin + this.gap
    const middle = (begin + end) / 2
    if (!this.#list.isWhole && this.view.get().phase !== 'failed') {
      if (last + ahead >= begin && first <= middle) void this.load('head')
      if (first - ahead <= end && last > middle && (this.#list.tail.length > 0 || this.gap > unknownGap))
        void this.load('tail')
    }
    void this.#loadRows()
  }

  retry(): void {
    this.#change({ phase: this.#list.size > 0 ? 'ready' : 'loading', problem: null })
    void this.load('head')
  }

  async load(side: 'head' | 'tail'): Promise<void> {
    if (this.#loading.has(side) || this.#list.isWhole || this.#isPaused) return
    this.#loading.add(side)
    const list = this.#list
    const page = await this.#reader.page(side, this.#cursors[side])
    this.#loading.delete(side)
    if (list !== this.#list) return
    if ('problem' in page) return this.#change({ phase: 'failed', problem: page.problem })
    list.addPage(side, this.#thatAreThere(page.rows))
    if (page.cursor === null) list.end()
    this.#cursors[side] = page.cursor
    const overtaking = [...this.#overtaking.values()]
    this.#overtaking.clear()
    this.onChanged(overtaking)
    this.#change({ phase: 'ready', problem: null, searchedTo: page.searchedTo })
    if (this.view.get().count === null) this.#recount()
    this.want(...this.#range)
  }

  async #loadRows(): Promise<void> {
    const missing = this.#idsNear(0).filter((id) => this.#list.isMissing(id))
    if (missing.length === 0 || this.#loading.has('rows')) return
    this.#loading.add('rows')
    const found = await this.#reader.look(missing.slice(0, rowsAtOnce))
    this.#loading.delete('rows')
    if (found === null) return
    this.#takeIn(found)
    if (this.#list.keptRows > keptRows) {
      const near = new Set(this.#idsNear(nearRows))
      this.#list.forget((id) => near.has(id))
    }
    void this.#loadRows()
  }

  #idsNear(rows: number): string[] {
    const [first, last] = this.#range
    const ids: string[] = []
    for (let index = Math.max(0, first - rows); index <= last + rows; index += 1) {
      const place = this.at(index)
      if (place) ids.push(place.id)
    }
    return ids
  }

  readonly onChanged = (rows: readonly Row[]): void => {
    if (this.#loading.has('head') || this.#loading.has('tail'))
      for (const row of rows) this.#overtaking.set(row.id, row)
    const { isCountDoubtful, unknown } = this.#list.apply(this.#thatAreThere(rows))
    this.#sources.add(unknown)
    if (isCountDoubtful) this.#recount()
    this.#change({})
  }

  #thatAreThere(rows: readonly Row[]): Row[] {
    return this.#deletions.sift(rows).filter(({ id }) => !this.#hidden.has(id))
  }

  readonly onDeleted = (ids: readonly string[]): void => this.#remove(this.#deletions.learn(ids))

  /** They were deleted here, and the server has said so. */
  removeDeleted(ids: readonly string[]): void {
    this.#deletions.confirm(ids)
    this.#remove(ids)
  }

  #takeIn({ there, gone }: Found): void {
    this.#remove(gone)
    this.onChanged(there)
  }

  #remove(ids: readonly string[]): void {
    for (const id of ids) this.#hidden.delete(id)
    const removed = this.#list.remove(ids)
    this.#lower(removed)
    if (removed < ids.length) this.#recount()
    this.#change({})
  }

  /** The connection is back: what was missed meanwhile is asked for, and a list of which nothing is left as it was begins anew. */
  async onReconnected(): Promise<void> {
    this.#list.distrust()
    const list = this.#list
    const page = await this.#reader.page('head', null)
    if ('problem' in page || list !== this.#list) return
    const meets = (page.cursor === null && list.isWhole) || page.rows.some(({ id }) => list.knows(id))
    if (!meets) return this.reload()
    this.onChanged(page.rows)
    this.#recount()
    this.want(...this.#range)
  }

  /** Loads nothing more, until the list begins anew. */
  pause(): void {
    this.#isPaused = true
  }

  reload(): void {
    this.#isPaused = false
    this.#list = this.#newList()
    this.#loading.clear()
    this.#cursors.head = this.#cursors.tail = null
    this.#change({ phase: 'loading', problem: null, count: null, searchedTo: null })
    void this.load('head')
  }

  /** Takes them out of the list until it is known whether they are deleted. */
  hide(ids: readonly string[]): void {
    for (const id of ids) this.#hidden.add(id)
    this.#lower(this.#list.remove(ids))
    this.#change({})
  }

  /** They are there after all, or again. */
  async show(ids: readonly string[], rows: readonly Row[] = []): Promise<void> {
    for (const id of ids) this.#hidden.delete(id)
    this.#deletions.takeBack(ids)
    this.onChanged(rows)
    for (let begin = 0; begin < ids.length; begin += rowsAtOnce) {
      const found = await this.#reader.look(ids.slice(begin, begin + rowsAtOnce))
      if (found === null) continue
      this.#deletions.confirm(found.gone)
      this.#takeIn(found)
    }
  }

  async #count(): Promise<void> {
    if (this.#list.isWhole) return this.#change({})
    const count = await this.#reader.count()
    if (!('problem' in count)) this.#change({ count })
  }

  #lower(removed: number): void {
    const { count } = this.view.get()
    if (count?.isExact === true) this.#change({ count: { ...count, total: Math.max(0, count.total - removed) } })
  }

  #change(change: Partial<ListView>): void {
    const view = { ...this.view.get(), ...change }
    const count = this.#list.isWhole ? { total: this.#list.size, isExact: true } : view.count
    this.view.set({ ...view, count, revision: view.revision + 1 })
  }
}
