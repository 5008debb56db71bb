import type { Found, ListReader } from './list-reader.ts'
import { paced } from './paced.ts'
import type { Row } from './row.ts'

const askMs = 300
/** The server answers for no more in one request. */
const idsAtOnce = 100

/**
 * Which expressions are deleted. Word of it comes by several ways, not always in the order in which things happened: a page that was
 * read before the deletion, an event from before, a word of the deletion from before somebody took it back. Where one word is
 * against another, the server is asked which of them holds.
 */
export class Deletions {
  readonly #deleted = new Set<string>()
  /** Of these an old word of their deletion may still be on its way. */
  readonly #broughtBack = new Set<string>()
  readonly #doubted = new Set<string>()
  readonly #reader: ListReader
  readonly #onResolved: (found: Found) => void
  readonly #ask = paced(askMs, () => this.#resolve())

  constructor(reader: ListReader, onResolved: (found: Found) => void) {
    this.#reader = reader
    this.#onResolved = onResolved
  }

  /** By an event. @returns those that are deleted without a doubt */
  learn(ids: readonly string[]): string[] {
    this.#doubt(ids.filter((id) => this.#broughtBack.has(id)))
    const gone = ids.filter((id) => !this.#broughtBack.has(id))
    this.confirm(gone)
    return gone
  }

  confirm(ids: readonly string[]): void {
    for (const id of ids) {
      this.#deleted.add(id)
      this.#broughtBack.delete(id)
    }
  }

  /** @returns those of the rows that are there without a doubt */
  sift(rows: readonly Row[]): Row[] {
    this.#doubt(rows.filter(({ id }) => this.#deleted.has(id)).map(({ id }) => id))
    return rows.filter(({ id }) => !this.#deleted.has(id))
  }

  /** They are there after all, or again. */
  takeBack(ids: readonly string[]): void {
    for (const id of ids) if (this.#deleted.delete(id)) this.#broughtBack.add(id)
  }

  #doubt(ids: readonly string[]): void {
    for (const id of ids) this.#doubted.add(id)
    if (ids.length > 0) this.#ask()
  }

  async #resolve(): Promise<void> {
    const ids = [...this.#doubted].slice(0, idsAtOnce)
    const found = await this.#reader.look(ids)
    // Without an answer they stay in doubt, until the next word of any.
    if (found === null) return
    for (const id of ids) this.#doubted.delete(id)
    this.takeBack(found.there.map(({ id }) => id))
    this.confirm(found.gone)
    this.#onResolved(found)
    if (this.#doubted.size > 0) this.#ask()
  }
}
