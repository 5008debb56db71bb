import { register, type EmailTakenError } from '../../use-cases/register.ts'
import { builder } from '../builder.ts'
import { failureOptions, failureRef, InvalidInputErrorType, RateLimitedErrorType, resolveOutcome } from '../errors.ts'
import { AuthenticationType, CredentialsInput } from './authentication.ts'
import { keepInCookie } from './refresh-cookie.ts'

const EmailTakenErrorType = failureRef<EmailTakenError>('EmailTakenError').implement({
  ...failureOptions,
  description: 'There is an account with this email.',
})

const RegisterResult = builder.unionType('RegisterResult', {
  types: [AuthenticationType, EmailTakenErrorType, InvalidInputErrorType, RateLimitedErrorType],
  resolveType: resolveOutcome('Authentication'),
})

builder.mutationField('register', (t) =>
  t.field({
    type: RegisterResult,
    description: 'Makes an account and signs in to it. The first user to register is the admin.',
    args: { input: t.arg({ type: CredentialsInput }) },
    authScopes: { public: true },
    resolve: async (_root, { input }, context) => {
      const { address, refreshCookie, services } = context
      return keepInCookie(context, await register(services, { ...input, address, refreshable: refreshCookie !== null }))
    },
  }),
)
