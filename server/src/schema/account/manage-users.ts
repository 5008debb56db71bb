import { disableUser, enableUser } from '../../use-cases/accounts/disable-user.ts'
import {
  createResetLink,
  resetPassword,
  type CreatedResetLink,
  type ResetLinkRefusedError,
} from '../../use-cases/accounts/reset-password.ts'
import { requesterOf } from '../../use-cases/accounts/requester.ts'
import { builder } from '../builder.ts'
import {
  failureOptions,
  failureRef,
  ForbiddenErrorType,
  InvalidInputErrorType,
  NotFoundErrorType,
  RateLimitedErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from '../errors.ts'
import { localId } from '../local-id.ts'
import { AuthenticationType } from './authentication.ts'
import { clientOf, keepInCookies } from '../../use-cases/accounts/client-state.ts'
import { UserType } from './user.ts'

const UserInput = builder.inputType('UserInput', {
  description: 'Which user.',
  fields: (t) => ({ userId: t.id({ description: 'The id of a User.' }) }),
})

const userArg = { type: UserInput, description: 'Which user.' } as const

const DisableUserResult = builder.unionType('DisableUserResult', {
  description: 'What `disableUser` answers. LAST_ADMIN (an InvalidInputError) where no admin would be left.',
  types: [UserType, NotFoundErrorType, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('User'),
})

builder.mutationField('disableUser', (t) =>
  t.field({
    type: DisableUserResult,
    description:
      'Lets nothing of a user in from now on: no password, no session, no personal token; their sockets are closed. What they have submitted goes on. Admin only.',
    args: { input: t.arg(userArg) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      disableUser(context.services, localId(input.userId, 'User'), requesterOf(context)),
  }),
)

const EnableUserResult = builder.unionType('EnableUserResult', {
  description: 'What `enableUser` answers.',
  types: [UserType, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('User'),
})

builder.mutationField('enableUser', (t) =>
  t.field({
    type: EnableUserResult,
    description:
      'Lets a user in again who was disabled. Their sessions have ended; personal tokens that have not expired are good again. Admin only.',
    args: { input: t.arg(userArg) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      enableUser(context.services, localId(input.userId, 'User'), requesterOf(context)),
  }),
)

const CreateResetLinkPayload = builder.objectRef<CreatedResetLink>('CreateResetLinkPayload').implement({
  description: 'Lets a user choose a new password, once.',
  fields: (t) => ({
    token: t.exposeString('token', {
      description: 'The secret, for `resetPassword` or for the page at `/reset-password#TOKEN`. Shown only here.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it is good: for a day.' }),
    user: t.prismaField({
      type: UserType,
      description: 'Whose password it is for.',
      resolve: (query, { userId }, _args, { services }) =>
        services.database.prisma.user.findUniqueOrThrow({ ...query, where: { id: userId } }),
    }),
  }),
})

const CreateResetLinkResult = builder.unionType('CreateResetLinkResult', {
  description: 'What `createResetLink` answers. A user who is disabled is not found.',
  types: [CreateResetLinkPayload, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('CreateResetLinkPayload'),
})

builder.mutationField('createResetLink', (t) =>
  t.field({
    type: CreateResetLinkResult,
    description:
      'Makes a link by which a user who has forgotten the password can choose another, once. One that was made before is good no longer. Refused to personal tokens: whoever has the link has the account. Admin only.',
    args: { input: t.arg(userArg) },
    authScopes: { adminSignIn: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, context) =>
      createResetLink(context.services, localId(input.userId, 'User'), requesterOf(context)),
  }),
)

const ResetLinkRefusedErrorType = failureRef<ResetLinkRefusedError>('ResetLinkRefusedError').implement({
  ...failureOptions,
  description: 'The token of a reset link was used, has expired, was replaced, or never was.',
})

const ResetPasswordInput = builder.inputType('ResetPasswordInput', {
  description: 'A new password in place of one that was forgotten.',
  fields: (t) => ({
    token: t.string({ description: 'Of the link that an admin made.' }),
    newPassword: t.string({ description: 'As to register.' }),
  }),
})

const ResetPasswordResult = builder.unionType('ResetPasswordResult', {
  description: 'What `resetPassword` answers.',
  types: [AuthenticationType, ResetLinkRefusedErrorType, InvalidInputErrorType, RateLimitedErrorType],
  resolveType: resolveOutcome('Authentication'),
})

builder.mutationField('resetPassword', (t) =>
  t.field({
    type: ResetPasswordResult,
    description: 'Changes the password of a reset link’s user, ends all their sessions and begins another.',
    args: { input: t.arg({ type: ResetPasswordInput, description: 'The token and the new password.' }) },
    authScopes: { public: true },
    resolve: async (_root, { input }, context) =>
      keepInCookies(context, await resetPassword(context.services, { ...input, ...clientOf(context) })),
  }),
)
