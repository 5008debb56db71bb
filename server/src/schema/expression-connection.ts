import { loadExpressions, type ExpressionRow } from '../store/expressions/load-expressions.ts'
import type { ExpressionFilter as Filter, ExpressionOrder as Order } from '../store/expressions/expression-filter.ts'
import type { Found, Place } from '../store/expressions/search-expressions.ts'
import { countListed, filterOf, listExpressions, maxCount } from '../use-cases/expressions/list-expressions.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { costOfPage } from './cursor.ts'
import { ExpressionType } from './expression.ts'
import { cursorOf, placeOf } from './expression-cursor.ts'
import { ExpressionFilter, ExpressionOrder, refusedList, wantedOf } from './expression-filter.ts'
import { pageOf, type PageWanted } from './page-arguments.ts'

/** How many there are is asked for once, though two fields tell of it. */
const countOf = ({ account, actor, services }: Context, filter: Filter) =>
  account.reads.once(JSON.stringify(['count', filter]), async () => {
    const counted = await countListed(services, actor, { filter, order: 'SUBMITTED', direction: 'DESC', from: null })
    if ('kind' in counted) throw refusedList(counted)
    return counted
  })

builder.queryField('expressions', (t) =>
  t.connection(
    {
      type: ExpressionType,
      nullable: true,
      complexity: costOfPage,
      description:
        'Yours, newest first, 20 at a time unless told, at most 100. With a filter a page ends, full or not, when some thousands were looked through: it has a next page then, which goes on there.',
      args: {
        filter: t.arg({ type: ExpressionFilter, required: false, description: 'Which of them.' }),
        orderBy: t.arg({
          type: ExpressionOrder,
          required: false,
          description: 'In which order: the last that was submitted first, unless told.',
        }),
      },
      authScopes: { read: true },
      resolve: async (_root, args, { actor, services }) => {
        const wanted = await filterOf(services, actor, wantedOf(args.filter))
        if (wanted.kind !== 'filter') throw refusedList(wanted)
        const { filter } = wanted
        const { field: order, direction } = args.orderBy ?? { field: 'SUBMITTED', direction: 'DESC' }
        const page = pageOf(args)
        const from = page.cursor === null ? null : placeOf(page.cursor, order)
        const towards = (direction === 'ASC') === page.isBackwards ? 'DESC' : 'ASC'
        const found = await listExpressions(services, actor, {
          ...{ filter, order, from },
          direction: towards,
          // One more tells whether there is one.
          limit: page.size + 1,
        })
        if ('kind' in found) throw refusedList(found)
        const rows = await loadExpressions(
          services.database.reads,
          found.places.map(({ id }) => id),
        )
        return connectionOf({ page, found, rows, order, filter })
      },
    },
    {
      name: 'ExpressionConnection',
      description: 'A page of expressions.',
      fields: (connection) => ({
        searchedTo: connection.field({
          type: 'DateTime',
          nullable: true,
          description:
            'Where the search for this page ended before the page was full, as the time of submission: more may be found beyond, from the cursor on. Null where nothing is left to look through, or the page is full.',
          resolve: ({ searchedTo }) => searchedTo,
        }),
        totalCount: connection.int({
          complexity: 1_000,
          description: `How many the filter leaves, on all pages and in whatever order: counted up to ${maxCount}, and no further than a search goes.`,
          resolve: async ({ filter }, _args, context) => (await countOf(context, filter)).count,
        }),
        isTotalCountExact: connection.boolean({
          description: 'Whether `totalCount` is all: else there are more, or may be.',
          resolve: async ({ filter }, _args, context) => (await countOf(context, filter)).isAll,
        }),
      }),
    },
    { name: 'ExpressionEdge', description: 'An expression in a list.' },
  ),
)

interface PageFound {
  readonly page: PageWanted
  readonly found: Found
  readonly rows: readonly ExpressionRow[]
  readonly order: Order
  readonly filter: Filter
}

/** A page that ends where the search did, whatever it holds. What was deleted since it was found is left out, and the page goes on behind it. */
function connectionOf({ page, found, rows, order, filter }: PageFound) {
  const { isBackwards, cursor, size } = page
  const byId = new Map(rows.map((row) => [row.id, row]))
  const shown = found.places.slice(0, size)
  const hasMore = found.places.length > size || found.stoppedAt !== null
  const edges = shown.flatMap((place) => {
    const node = byId.get(place.id)
    return node ? [{ cursor: cursorOf(place, order), node }] : []
  })
  if (isBackwards) edges.reverse()
  const place = (of: Place | null | undefined) => (of ? cursorOf(of, order) : null)
  const stopped = found.places.length > size ? null : found.stoppedAt
  const [near, far] = [place(shown[0]), place(stopped ?? shown.at(-1))]
  return {
    edges,
    filter,
    pageInfo: {
      hasNextPage: isBackwards ? cursor !== null : hasMore,
      hasPreviousPage: isBackwards ? hasMore : cursor !== null,
      startCursor: isBackwards ? far : near,
      endCursor: isBackwards ? near : far,
    },
    searchedTo: stopped === null ? null : submittedAt(stopped.id),
  }
}

/** Ids are UUIDs of version 7, which begin with the time at which they were made, in 48 bits. */
const submittedAt = (id: string): Date => new Date(parseInt(id.replaceAll('-', '').slice(0, 12), 16))
