import type { Failure, InvalidInputError, RateLimitedError } from '../domain/failure.ts'
import { insertUser } from '../store/accounts/insert-user.ts'
import { signIn, type Authentication } from './authentication.ts'
import { clientNetwork } from './client-network.ts'
import { credentialsSchema } from './credentials.ts'
import { parseInput } from './parse-input.ts'
import { hashPassword } from './password.ts'
import type { Services } from './services.ts'
import { takePoint } from './sign-in-limits.ts'

export type EmailTakenError = Failure<'EmailTakenError'>

/** What `register` and `login` are given. */
export interface SignInInput {
  readonly email: string
  readonly password: string
  /** The client's network address. */
  readonly address: string
  /** Whether the client can keep a refresh token. */
  readonly refreshable: boolean
}

export type RegisterOutcome = Authentication | EmailTakenError | InvalidInputError | RateLimitedError

/** Makes an account and signs in to it. The first account of all is an admin's. */
export async function register(services: Services, input: SignInInput): Promise<RegisterOutcome> {
  const parsed = parseInput(credentialsSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const refusal = await takePoint(services.accounts.limits.registrationByNetwork, clientNetwork(input.address))
  if (refusal !== undefined) return refusal

  const { email, password } = parsed.value
  const id = services.ids.next()
  const outcome = await insertUser(services.database, { id, email, passwordHash: await hashPassword(password) })
  switch (outcome) {
    case 'inserted':
      return signIn(services, id, input.refreshable)
    case 'emailTaken':
      return { kind: 'EmailTakenError', code: 'EMAIL_TAKEN', message: 'There is an account with this email. Sign in.' }
    default:
      return outcome satisfies never
  }
}
