import type { Client, CombinedError } from '@urql/core'
import type { FilterVariable } from '../filter/list-filter.ts'
import type { ListOrder } from '../filter/list-order.ts'
import { CountQuery, PageQuery, RowsQuery, SourcesQuery } from './list-documents.ts'
import type { Row } from './row.ts'

/** Of a page; the server gives no more. */
export const pageSize = 100

/** Sources of 10 000 characters are asked for a few at a time. */
const sourcesAtOnce = 20

export interface Page {
  readonly rows: readonly Row[]
  /** Where the next page of this side begins; null where nothing is beyond. */
  readonly cursor: string | null
  /** The time of submission up to which was looked, where the page is not full and more may be found beyond. */
  readonly searchedTo: string | null
}

export interface Count {
  readonly total: number
  /** Else there are more. */
  readonly isExact: boolean
}

export interface Found {
  readonly there: readonly Row[]
  readonly gone: readonly string[]
}

/** Why there is no answer, for people; null where nothing is known but that there is none. */
export interface Unanswered {
  readonly problem: string | null
}

/** What is asked about one list. Nothing goes through a cache: of 100 000 expressions it would keep all. */
export class ListReader {
  readonly #client: Client
  readonly #filter: FilterVariable | null
  readonly #order: ListOrder

  constructor(client: Client, filter: FilterVariable | null, order: ListOrder) {
    this.#client = client
    this.#filter = filter
    this.#order = order
  }

  async page(side: 'head' | 'tail', cursor: string | null): Promise<Page | Unanswered> {
    const { field, direction } = this.#order
    const { data, error } = await this.#client
      .query(PageQuery, {
        ...(side === 'head' ? { first: pageSize, after: cursor } : { last: pageSize, before: cursor }),
        filter: this.#filter,
        orderBy: { field, direction },
      })
      .toPromise()
    const found = data?.expressions
    if (!found) return { problem: reasonOf(error) }
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = found.pageInfo
    const next = side === 'head' ? hasNextPage && endCursor : hasPreviousPage && startCursor
    return { rows: found.edges.map(({ node }) => node), cursor: next || null, searchedTo: found.searchedTo }
  }

  async count(): Promise<Count | Unanswered> {
    const { data, error } = await this.#client.query(CountQuery, { filter: this.#filter }).toPromise()
    const found = data?.expressions
    return found ? { total: found.totalCount, isExact: found.isTotalCountExact } : { problem: reasonOf(error) }
  }

  /** Which of these expressions are there, at most a hundred of them. Null where nobody answered. */
  async look(ids: readonly string[]): Promise<Found | null> {
    const { data } = await this.#client.query(RowsQuery, { ids: [...ids] }).toPromise()
    if (!data) return null
    const there = data.nodes.filter((node) => node !== null && 'id' in node)
    const found = new Set(there.map(({ id }) => id))
    return { there, gone: ids.filter((id) => !found.has(id)) }
  }

  /** Those whose source contains the text of the filter, which may be at its very end. */
  async containing(rows: readonly Row[]): Promise<readonly Row[]> {
    const text = this.#filter?.sourceContains ?? ''
    const found = new Set<string>()
    for (let begin = 0; begin < rows.length; begin += sourcesAtOnce) {
      const ids = rows.slice(begin, begin + sourcesAtOnce).map(({ id }) => id)
      const { data } = await this.#client.query(SourcesQuery, { ids }).toPromise()
      for (const node of data?.nodes ?? [])
        if (node && 'source' in node && node.source.includes(text)) found.add(node.id)
    }
    return rows.filter(({ id }) => found.has(id))
  }
}

const reasonOf = (error: CombinedError | undefined): string | null => error?.graphQLErrors[0]?.message ?? null
