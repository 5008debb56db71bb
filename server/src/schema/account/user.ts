import { NIL, validate as isUuid } from 'uuid'
import { setUserRole } from '../../use-cases/accounts/set-user-role.ts'
import { requesterOf } from '../../use-cases/accounts/requester.ts'
import { builder } from '../builder.ts'
import { checkedPage, costOfPage } from '../cursor.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  NotFoundErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from '../errors.ts'
import { localId } from '../local-id.ts'
import { maySeeHere } from '../sees-all.ts'

const UserRoleType = builder.enumType('UserRole', { values: ['USER', 'ADMIN'] as const })

export const UserType = builder.prismaNode('User', {
  id: { field: 'id' },
  nullable: true,
  // Users see themselves, admins see everybody. What may not be seen is looked up under an id that nobody has: not found, as if it did not exist.
  findUnique: async (id, context) => ({ id: isUuid(id) && (await maySeeHere(context, id)) ? id : NIL, closedAt: null }),
  fields: (t) => ({
    email: t.exposeString('email'),
    role: t.expose('role', { type: UserRoleType }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing of this user is let in; null of those who are.',
    }),
    version: t.expose('version', { type: 'Version' }),
  }),
})

builder.queryField('viewer', (t) =>
  t.prismaField({
    type: UserType,
    nullable: true,
    description: 'The signed-in user; null when nobody is signed in.',
    authScopes: { public: true },
    resolve: (query, _root, _args, { actor, services }) =>
      actor.kind === 'user'
        ? services.database.prisma.user.findUnique({ ...query, where: { id: actor.userId } })
        : null,
  }),
)

builder.queryField('users', (t) =>
  t.prismaConnection(
    {
      type: UserType,
      nullable: true,
      cursor: 'id',
      defaultSize: 20,
      maxSize: 100,
      complexity: costOfPage,
      description: 'Everybody, in the order of registration, 20 at a time unless told, at most 100. Admin only.',
      authScopes: { admin: true },
      resolve: (query, _root, page, { services }) =>
        services.database.prisma.user.findMany({
          ...checkedPage(query, page),
          where: { closedAt: null },
          orderBy: { id: 'asc' },
        }),
    },
    { name: 'UserConnection' },
    { name: 'UserEdge' },
  ),
)

const SetUserRoleInput = builder.inputType('SetUserRoleInput', {
  fields: (t) => ({ userId: t.id(), role: t.field({ type: UserRoleType }) }),
})

const SetUserRoleResult = builder.unionType('SetUserRoleResult', {
  description: 'LAST_ADMIN (an InvalidInputError) where no admin would be left.',
  types: [UserType, NotFoundErrorType, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('User'),
})

builder.mutationField('setUserRole', (t) =>
  t.field({
    type: SetUserRoleResult,
    description: 'Admin only.',
    args: { input: t.arg({ type: SetUserRoleInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input: { userId, role } }, context) =>
      setUserRole(context.services, { userId: localId(userId, 'User'), role }, requesterOf(context)),
  }),
)
