import { NIL, validate as isUuid } from 'uuid'
import { unauthenticated } from '../domain/failure.ts'
import {
  createShareLink,
  mostShareLinks,
  revokeShareLink,
  type CreatedShareLink,
} from '../use-cases/expressions/share-links.ts'
import { builder } from './builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  NotFoundErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { ExpressionType } from './expression.ts'
import { localId } from './local-id.ts'
import { requesterOf } from '../use-cases/accounts/requester.ts'

const ShareLinkType = builder.prismaNode('ShareLink', {
  id: { field: 'id' },
  nullable: true,
  description: 'Lets whoever has it watch one expression, without an account, until it expires or is revoked.',
  findUnique: (id, { actor }) =>
    actor.kind === 'user' && isUuid(id) ? { id, expression: { ownerId: actor.userId } } : { id: NIL },
  fields: (t) => ({
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From when on it is refused; null for one that is good until it is revoked.',
    }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
  }),
})

builder.objectField(ExpressionType, 'shareLinks', (t) =>
  t.prismaField({
    type: [ShareLinkType],
    description: `Links by which others watch it, newest first: at most ${mostShareLinks} that are good, and those that ended lately.`,
    authScopes: { read: true },
    complexity: { field: 10, multiplier: mostShareLinks },
    resolve: (query, { id }, _args, { services }) =>
      services.database.prisma.shareLink.findMany({
        ...query,
        where: { expressionId: id },
        orderBy: { id: 'desc' },
        take: 2 * mostShareLinks,
      }),
  }),
)

builder.queryField('sharedExpression', (t) =>
  t.prismaField({
    type: ExpressionType,
    nullable: true,
    description: 'The expression of the link that one came with, its secret in the place of a token.',
    authScopes: { guest: true },
    resolve: (query, _root, _args, { actor, services }) =>
      services.database.prisma.expression.findUnique({
        ...query,
        where: { id: actor.kind === 'guest' ? actor.expressionId : NIL },
      }),
  }),
)

const CreateShareLinkInput = builder.inputType('CreateShareLinkInput', {
  fields: (t) => ({
    expressionId: t.id(),
    lifetimeHours: t.int({ required: false, description: 'Until it expires: 1 to 8784. Without an end unless told.' }),
  }),
})

const CreateShareLinkPayload = builder.objectRef<CreatedShareLink>('CreateShareLinkPayload').implement({
  fields: (t) => ({
    shareLink: t.field({ type: ShareLinkType, resolve: ({ shareLink }) => shareLink }),
    token: t.exposeString('token', {
      description: 'The secret, in the place of a token or for the page at `/shared#TOKEN`. Shown only here.',
    }),
  }),
})

const CreateShareLinkResult = builder.unionType('CreateShareLinkResult', {
  description: `TOO_MANY_LINKS (an InvalidInputError) where the expression has ${mostShareLinks} that are good.`,
  types: [
    CreateShareLinkPayload,
    InvalidInputErrorType,
    NotFoundErrorType,
    ForbiddenErrorType,
    UnauthenticatedErrorType,
  ],
  resolveType: resolveOutcome('CreateShareLinkPayload'),
})

builder.mutationField('createShareLink', (t) =>
  t.field({
    type: CreateShareLinkResult,
    description: 'Makes a link by which anybody watches an expression of yours: it, its tasks, and nothing else.',
    args: { input: t.arg({ type: CreateShareLinkInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) => {
      const { actor, services } = context
      if (actor.kind !== 'user') return unauthenticated
      const wanted = { ...input, expressionId: localId(input.expressionId, 'Expression') }
      return createShareLink(services, wanted, { ...requesterOf(context), actorId: actor.userId })
    },
  }),
)

const RevokeShareLinkInput = builder.inputType('RevokeShareLinkInput', { fields: (t) => ({ id: t.id() }) })

const RevokeShareLinkResult = builder.unionType('RevokeShareLinkResult', {
  types: [ShareLinkType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('ShareLink'),
})

builder.mutationField('revokeShareLink', (t) =>
  t.field({
    type: RevokeShareLinkResult,
    description: 'It is refused from then on, and whoever watches by it is cut off.',
    args: { input: t.arg({ type: RevokeShareLinkInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) => {
      const { actor, services } = context
      if (actor.kind !== 'user') return unauthenticated
      return revokeShareLink(services, localId(input.id, 'ShareLink'), {
        ...requesterOf(context),
        actorId: actor.userId,
      })
    },
  }),
)
