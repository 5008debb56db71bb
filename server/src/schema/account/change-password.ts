import { unauthenticated } from '../../domain/failure.ts'
import { changePassword } from '../../use-cases/accounts/change-password.ts'
import type { WrongPasswordError } from '../../use-cases/accounts/confirm-password.ts'
import { builder } from '../builder.ts'
import {
  failureOptions,
  failureRef,
  ForbiddenErrorType,
  InvalidInputErrorType,
  RateLimitedErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from '../errors.ts'
import { AuthenticationType } from './authentication.ts'
import { clientOf, keepInCookies } from '../../use-cases/accounts/client-state.ts'

export const WrongPasswordErrorType = failureRef<WrongPasswordError>('WrongPasswordError').implement({
  ...failureOptions,
  description: 'The current password is another.',
})

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  fields: (t) => ({ currentPassword: t.string(), newPassword: t.string({ description: 'As to register.' }) }),
})

const ChangePasswordResult = builder.unionType('ChangePasswordResult', {
  types: [
    AuthenticationType,
    WrongPasswordErrorType,
    InvalidInputErrorType,
    RateLimitedErrorType,
    ForbiddenErrorType,
    UnauthenticatedErrorType,
  ],
  resolveType: resolveOutcome('Authentication'),
})

builder.mutationField('changePassword', (t) =>
  t.field({
    type: ChangePasswordResult,
    description: 'Ends all sessions of the signed-in user, this one too, and begins another.',
    args: { input: t.arg({ type: ChangePasswordInput }) },
    authScopes: { signIn: true },
    unauthorizedResolver: refuse,
    resolve: async (_root, { input }, context) => {
      const { actor, services } = context
      if (actor.kind !== 'user') return unauthenticated
      const { userId } = actor
      return keepInCookies(context, await changePassword(services, { ...input, userId, ...clientOf(context) }))
    },
  }),
)
