import { encodeGlobalID } from '@pothos/plugin-relay'
import { validate as isUuid } from 'uuid'
import type { Prisma } from '../generated/prisma/client.ts'
import type { ExpressionView } from '../realtime/expression-reader.ts'
import type { DeletedExpression } from '../store/expressions/deleted-expressions.ts'
import { mayReadExpression } from '../use-cases/may-read-expression.ts'
import { builder } from './builder.ts'
import { costOfPage, pageByPlace } from './cursor.ts'
import { ExpressionStatusType, ExpressionType } from './expression.ts'
import { expressionNotFound } from './expression-not-found.ts'
import { localId } from './local-id.ts'

const ExpressionFilter = builder.inputType('ExpressionFilter', {
  fields: (t) => ({
    statuses: t.field({ type: [ExpressionStatusType], required: false }),
    sourceContains: t.string({ required: false, description: 'Only those whose source contains this text.' }),
  }),
})

builder.queryField('expression', (t) =>
  t.prismaField({
    type: ExpressionType,
    nullable: true,
    description: 'Null where there is none or it is not yours.',
    args: { id: t.arg.id() },
    authScopes: { user: true },
    resolve: (query, _root, args, { actor, services }) => {
      const id = localId(args.id, 'Expression')
      if (actor.kind !== 'user' || !isUuid(id)) return null
      return services.database.prisma.expression.findUnique({ ...query, where: { id, ownerId: actor.userId } })
    },
  }),
)

builder.queryField('expressions', (t) =>
  t.prismaConnection(
    {
      type: ExpressionType,
      cursor: 'id',
      defaultSize: 20,
      maxSize: 100,
      complexity: costOfPage,
      description: 'Yours, newest first, 20 at a time unless told, at most 100.',
      args: { filter: t.arg({ type: ExpressionFilter, required: false }) },
      authScopes: { user: true },
      resolve: (query, _root, { filter }, { actor, services }) => {
        if (actor.kind !== 'user') return []
        const { page, beyond } = pageByPlace(query)
        const where = { AND: [whereOf(actor.userId, filter), beyond] }
        return services.database.prisma.expression.findMany({ ...page, where, orderBy: { id: 'desc' } })
      },
    },
    { name: 'ExpressionConnection' },
    { name: 'ExpressionEdge' },
  ),
)

function whereOf(
  ownerId: string,
  filter: typeof ExpressionFilter.$inferInput | null | undefined,
): Prisma.ExpressionWhereInput {
  // PostgreSQL's text takes no NUL, so no source contains one.
  if (filter?.sourceContains?.includes('\0')) return { id: { in: [] } }
  return {
    ownerId,
    ...(filter?.statuses && { status: { in: filter.statuses } }),
    ...(filter?.sourceContains && { source: { contains: literally(filter.sourceContains) } }),
  }
}

/** Prisma hands the text on as a pattern of LIKE. */
const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

builder.subscriptionField('expressionChanged', (t) =>
  t.field({
    type: ExpressionType,
    nullable: false,
    description: 'The expression as it is, then whenever it changes. Completes when it is deleted.',
    args: { id: t.arg.id() },
    authScopes: { user: true },
    subscribe: async (_root, args, { actor, services }) => {
      const id = localId(args.id, 'Expression')
      if (await mayReadExpression(services, actor, id)) return services.live.watchExpression(id)
      throw expressionNotFound()
    },
    resolve: ([expression]: ExpressionView[]) => {
      if (expression === undefined) throw expressionNotFound()
      return expression
    },
  }),
)

builder.subscriptionField('expressionsDeleted', (t) =>
  t.field({
    type: ['ID'],
    description: 'Ids of yours that were deleted in the last hour, at most 1000, then of those that are deleted.',
    authScopes: { user: true },
    subscribe: (_root, _args, { actor, services }) =>
      services.live.watchDeletionsOf(actor.kind === 'user' ? actor.userId : ''),
    resolve: (deleted: DeletedExpression[]) => deleted.map(({ id }) => encodeGlobalID(ExpressionType.name, id)),
  }),
)

builder.subscriptionField('expressionsChanged', (t) =>
  t.field({
    type: [ExpressionType],
    description: 'The newest of yours, at most 50, then those that are new or changed.',
    complexity: { field: 1, multiplier: 50 },
    authScopes: { user: true },
    subscribe: (_root, _args, { actor, services }) =>
      services.live.watchExpressionsOf(actor.kind === 'user' ? actor.userId : ''),
    resolve: (expressions: ExpressionView[]) => expressions,
  }),
)
