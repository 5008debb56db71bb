import { login, type InvalidCredentialsError } from '../../use-cases/accounts/login.ts'
import { builder } from '../builder.ts'
import { failureOptions, failureRef, InvalidInputErrorType, RateLimitedErrorType, resolveOutcome } from '../errors.ts'
import { AuthenticationType, CredentialsInput } from './authentication.ts'
import { clientOf, keepInCookies } from '../../use-cases/accounts/client-state.ts'

const InvalidCredentialsErrorType = failureRef<InvalidCredentialsError>('InvalidCredentialsError').implement({
  ...failureOptions,
  description: 'The email or the password is wrong; it is not told which.',
})

const LoginResult = builder.unionType('LoginResult', {
  types: [AuthenticationType, InvalidCredentialsErrorType, InvalidInputErrorType, RateLimitedErrorType],
  resolveType: resolveOutcome('Authentication'),
})

builder.mutationField('login', (t) =>
  t.field({
    type: LoginResult,
    description:
      'Limited by account and network; only failures count. A device that has signed in before, known by a cookie, is limited by itself.',
    args: { input: t.arg({ type: CredentialsInput }) },
    authScopes: { public: true },
    resolve: async (_root, { input }, context) =>
      keepInCookies(context, await login(context.services, { ...input, ...clientOf(context) })),
  }),
)
