import { register, type EmailTakenError } from '../../use-cases/accounts/register.ts'
import type { RegistrationClosedError } from '../../use-cases/accounts/registration.ts'
import { builder } from '../builder.ts'
import { failureOptions, failureRef, InvalidInputErrorType, RateLimitedErrorType, resolveOutcome } from '../errors.ts'
import { AuthenticationType, CredentialsInput } from './authentication.ts'
import { clientOf, keepInCookies } from '../../use-cases/accounts/client-state.ts'

const EmailTakenErrorType = failureRef<EmailTakenError>('EmailTakenError').implement({
  ...failureOptions,
  description: 'There is an account with this email.',
})

const RegistrationClosedErrorType = failureRef<RegistrationClosedError>('RegistrationClosedError').implement({
  ...failureOptions,
  description:
    'REGISTRATION_CLOSED without an invitation where one is needed; INVITATION_REFUSED with one that is not good.',
})

const RegisterResult = builder.unionType('RegisterResult', {
  types: [
    AuthenticationType,
    EmailTakenErrorType,
    RegistrationClosedErrorType,
    InvalidInputErrorType,
    RateLimitedErrorType,
  ],
  resolveType: resolveOutcome('Authentication'),
})

builder.mutationField('register', (t) =>
  t.field({
    type: RegisterResult,
    description: 'Makes an account and signs in to it. The first user to register is the admin.',
    args: { input: t.arg({ type: CredentialsInput }) },
    authScopes: { public: true },
    resolve: async (_root, { input }, context) =>
      keepInCookies(context, await register(context.services, { ...input, ...clientOf(context) })),
  }),
)
