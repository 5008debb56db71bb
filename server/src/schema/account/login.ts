import { login, type InvalidCredentialsError } from '../../use-cases/login.ts'
import { builder } from '../builder.ts'
import { failureOptions, failureRef, InvalidInputErrorType, RateLimitedErrorType, resolveOutcome } from '../errors.ts'
import { AuthenticationType, CredentialsInput } from './authentication.ts'
import { keepInCookie } from './refresh-cookie.ts'

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
    description: 'Limited by account and by address; only failures count.',
    args: { input: t.arg({ type: CredentialsInput }) },
    authScopes: { public: true },
    resolve: async (_root, { input }, context) => {
      const { address, refreshCookie, services } = context
      return keepInCookie(context, await login(services, { ...input, address, refreshable: refreshCookie !== null }))
    },
  }),
)
