import { formatPrismaCursor, prismaConnectionHelpers, queryFromInfo } from '@pothos/plugin-prisma'
import { GraphQLError } from 'graphql'
import type { InvalidInputError, RateLimitedError } from '../domain/failure.ts'
import type { Found } from '../store/expressions/search-expressions.ts'
import { searchExpressions } from '../use-cases/expressions/search-expressions.ts'
import { builder } from './builder.ts'
import { rateLimitedError } from './cost/cost-errors.ts'
import { costOfPage, pageByPlace } from './cursor.ts'
import { ExpressionStatusType, ExpressionType } from './expression.ts'

const ExpressionFilter = builder.inputType('ExpressionFilter', {
  fields: (t) => ({
    statuses: t.field({ type: [ExpressionStatusType], required: false }),
    sourceContains: t.string({
      required: false,
      description: 'Only those whose source contains this text, of at most 100 characters.',
    }),
  }),
})

const defaultSize = 20
const helpers = prismaConnectionHelpers(builder, ExpressionType, { cursor: 'id', defaultSize, maxSize: 100 })

builder.queryField('expressions', (t) =>
  t.connection(
    {
      type: ExpressionType,
      complexity: costOfPage,
      description:
        'Yours, newest first, 20 at a time unless told, at most 100. With a filter a page ends, full or not, when some thousands were looked through: it has a next page then, which goes on there.',
      args: { filter: t.arg({ type: ExpressionFilter, required: false }) },
      authScopes: { read: true },
      resolve: async (_root, args, context, info) => {
        const { actor, services } = context
        const ownerId = actor.kind === 'user' ? actor.userId : ''
        const selected = queryFromInfo({ context, info, paths: [['edges', 'node']], typeName: ExpressionType.name })
        const { page, beyond } = pageByPlace({ take: defaultSize, ...helpers.getQuery(args, context, () => selected) })
        const { expression } = services.database.prisma
        const orderBy = { id: 'desc' } as const
        const { statuses = null, sourceContains } = args.filter ?? {}
        if (statuses === null && !sourceContains) {
          const where = { AND: [{ ownerId }, beyond] }
          const rows = await expression.findMany({ ...page, where, orderBy })
          return { ...helpers.resolve(rows, args, context), searchedTo: null }
        }
        const { take, ...query } = page
        const towards = take < 0 ? 'newer' : 'older'
        const found = await searchExpressions(services, {
          ...{ ownerId, statuses, towards, limit: Math.abs(take) },
          contains: sourceContains || null,
          from: beyond.id?.lt ?? beyond.id?.gt ?? null,
        })
        if ('kind' in found) throw refusalOf(found)
        const rows = await expression.findMany({ ...query, where: { ownerId, id: { in: [...found.ids] } }, orderBy })
        return goingOn(helpers.resolve(rows, args, context), towards, stopOf(found, rows.length))
      },
    },
    {
      name: 'ExpressionConnection',
      fields: (connection) => ({
        searchedTo: connection.field({
          type: 'DateTime',
          nullable: true,
          description:
            'Where the search for this page ended before the page was full, as the time of submission: more may be found beyond, from the cursor on. Null where nothing is left to look through, or the page is full.',
          resolve: ({ searchedTo }) => searchedTo,
        }),
      }),
    },
    { name: 'ExpressionEdge' },
  ),
)

/** Where the next page begins, if the rows do not tell: the search ended early, or what it found last has been deleted since. */
function stopOf({ ids, stoppedAt }: Found, rows: number): string | null {
  return stoppedAt ?? (rows < ids.length ? (ids.at(-1) ?? null) : null)
}

type Connection = ReturnType<typeof helpers.resolve>

/** A page that ends where the search did, whatever it holds. */
function goingOn(connection: Connection, towards: 'older' | 'newer', stop: string | null) {
  if (stop === null) return { ...connection, searchedTo: null }
  const cursor = formatPrismaCursor({ id: stop }, 'id')
  const end =
    towards === 'older' ? { hasNextPage: true, endCursor: cursor } : { hasPreviousPage: true, startCursor: cursor }
  return { ...connection, pageInfo: { ...connection.pageInfo, ...end }, searchedTo: submittedAt(stop) }
}

/** Ids are UUIDs of version 7, which begin with the time at which they were made, in 48 bits. */
const submittedAt = (id: string): Date => new Date(parseInt(id.replaceAll('-', '').slice(0, 12), 16))

function refusalOf(failure: InvalidInputError | RateLimitedError): GraphQLError {
  return failure.kind === 'RateLimitedError'
    ? rateLimitedError(failure)
    : new GraphQLError(failure.message, { extensions: { code: failure.code } })
}
