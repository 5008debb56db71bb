import { encodeGlobalID } from '@pothos/plugin-relay'
import { validate as isUuid } from 'uuid'
import type { ExpressionView } from '../realtime/readers/expression-reader.ts'
import type { DeletedExpression } from '../store/expressions/deleted-expressions.ts'
import { isGuestOf, maySeeExpression } from '../use-cases/expressions/access.ts'
import { builder } from './builder.ts'
import { ExpressionType } from './expression.ts'
import { expressionNotFound } from './expression-not-found.ts'
import { localId } from './local-id.ts'
import { maySeeHere } from './sees-all.ts'

builder.queryField('expression', (t) =>
  t.prismaField({
    type: ExpressionType,
    nullable: true,
    description: 'Yours, or as an admin anybody’s. Null where there is none, or you may not see it.',
    args: { id: t.arg.id() },
    authScopes: { watch: true },
    resolve: async (query, _root, args, context) => {
      const id = localId(args.id, 'Expression')
      if (!isUuid(id)) return null
      const expression = await context.services.database.prisma.expression.findUnique({ ...query, where: { id } })
      if (expression === null || isGuestOf(context.actor, id)) return expression
      return (await maySeeHere(context, expression.ownerId)) ? expression : null
    },
  }),
)

builder.subscriptionField('expressionChanged', (t) =>
  t.field({
    type: ExpressionType,
    nullable: false,
    description: 'The expression as it is, then whenever it changes. Completes when it is deleted.',
    args: { id: t.arg.id() },
    authScopes: { watch: true },
    subscribe: async (_root, args, { actor, services }) => {
      const id = localId(args.id, 'Expression')
      if (await maySeeExpression(services, actor, id)) return services.live.watchExpression(id)
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
    authScopes: { read: true },
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
    authScopes: { read: true },
    subscribe: (_root, _args, { actor, services }) =>
      services.live.watchExpressionsOf(actor.kind === 'user' ? actor.userId : ''),
    resolve: (expressions: ExpressionView[]) => expressions,
  }),
)
