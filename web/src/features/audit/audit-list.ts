import type { Client } from '@urql/core'
import { createValueStore } from '../../transport/value-store.ts'
import { AuditNamesQuery, AuditQuery, type AuditEvent } from './documents.ts'
import type { FilterVariable } from './filter.ts'
import { subjectOf } from './subjects.ts'

const pageSize = 30

/** The side on which more is asked for. */
export type Side = 'older' | 'newer'

export interface AuditView {
  readonly edges: readonly { readonly cursor: string; readonly node: AuditEvent }[]
  /** Of users and agents by their ids; null of those who are gone. */
  readonly names: ReadonlyMap<string, string | null>
  readonly hasOlder: boolean
  /** What is under way. */
  readonly loading: Side | null
  /** What did not come. */
  readonly failed: Side | null
  /** How many came when one last asked for what is new; null before. */
  readonly news: number | null
}

const nothing: AuditView = { edges: [], names: new Map(), hasOlder: true, loading: null, failed: null, news: null }

/** The events that a filter leaves, page by page to both sides. Nothing is kept of them but what is shown. */
export class AuditList {
  readonly view = createValueStore(nothing)
  readonly #client: Client
  readonly #filter: FilterVariable

  constructor(client: Client, filter: FilterVariable) {
    this.#client = client
    this.#filter = filter
  }

  /** Asks for what is beyond the last event of a side; of one that is under way once. */
  async load(side: Side): Promise<void> {
    const { edges, loading } = this.view.get()
    if (loading !== null) return
    // Of an empty list there is but one side.
    const asked = edges.length === 0 ? 'older' : side
    this.#change({ loading: side, failed: null })
    const found = await this.#page(asked)
    const names = found && (await this.#namesOf(found.edges.map(({ node }) => node)))
    if (!found || !names) return this.#change({ loading: null, failed: side })
    this.#change({
      loading: null,
      names,
      ...(asked === 'older'
        ? { edges: [...edges, ...found.edges], hasOlder: found.pageInfo.hasNextPage }
        : { edges: [...found.edges, ...edges] }),
      news: side === 'newer' ? found.edges.length : null,
    })
    if (asked === 'newer' && found.pageInfo.hasPreviousPage) {
      await this.load('newer')
      this.#change({ news: this.view.get().edges.length - edges.length })
    }
  }

  async #page(side: Side) {
    const { edges } = this.view.get()
    const { data } = await this.#client
      .query(AuditQuery, {
        ...(side === 'older'
          ? { first: pageSize, after: edges.at(-1)?.cursor ?? null }
          : { last: pageSize, before: edges[0]?.cursor ?? null }),
        filter: this.#filter,
      })
      .toPromise()
    return data?.auditEvents ?? null
  }

  /** The names that are known, and those of who is in the events; null where nobody answered. */
  async #namesOf(events: readonly AuditEvent[]): Promise<ReadonlyMap<string, string | null> | null> {
    const { names } = this.view.get()
    const wanted = events.flatMap((event) => [event.actorId, subjectOf(event)]).filter((id) => id !== null)
    const ids = [...new Set(wanted)].filter((id) => !names.has(id))
    if (ids.length === 0) return names
    const { data } = await this.#client.query(AuditNamesQuery, { ids }).toPromise()
    if (!data) return null
    const named = ids.map((id, place) => [id, nameOf(data.nodes[place] ?? null)] as const)
    return new Map([...names, ...named])
  }

  #change(change: Partial<AuditView>): void {
    this.view.set({ ...this.view.get(), ...change })
  }
}

type Named = { __typename: string; email?: string; name?: string } | null

const nameOf = (node: Named): string | null => node?.email ?? node?.name ?? null
