import type { ListReader } from './list-reader.ts'
import { paced } from './paced.ts'
import type { Row } from './row.ts'

const askMs = 300

/** Looks into the sources of rows whose beginning has not the text of the filter: it may be further on. */
export class SourceSearch {
  #unknown: Row[] = []
  readonly #ask: () => void

  constructor(reader: ListReader, onFound: (rows: readonly Row[]) => void) {
    this.#ask = paced(askMs, async () => onFound(await reader.containing(this.#unknown.splice(0))))
  }

  add(rows: readonly Row[]): void {
    if (rows.length === 0) return
    this.#unknown.push(...rows)
    this.#ask()
  }
}
