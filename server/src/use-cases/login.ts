import type { Failure, InvalidInputError, RateLimitedError } from '../domain/failure.ts'
import { signIn, type Authentication } from './authentication.ts'
import { clientNetwork } from './client-network.ts'
import { credentialsSchema } from './credentials.ts'
import { parseInput } from './parse-input.ts'
import { isPassword } from './password.ts'
import type { SignInInput } from './register.ts'
import type { Services } from './services.ts'
import { takePoint } from './sign-in-limits.ts'
import { hashToken } from './token-hash.ts'

export type InvalidCredentialsError = Failure<'InvalidCredentialsError'>

export type LoginOutcome = Authentication | InvalidCredentialsError | InvalidInputError | RateLimitedError

/** The same for an unknown email and a wrong password: nobody learns who has an account. */
const invalidCredentials: InvalidCredentialsError = {
  kind: 'InvalidCredentialsError',
  code: 'INVALID_CREDENTIALS',
  message: 'The email or the password is wrong.',
}

/**
 * Signs in. Every try costs a point of its network and one of its account before the password is looked at; a success gives
 * its own point back to the network and all of them to the account, so that only failures count.
 */
export async function login(services: Services, input: SignInInput): Promise<LoginOutcome> {
  const parsed = parseInput(credentialsSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { email, password } = parsed.value

  const { loginByAccount, loginByNetwork } = services.accounts.limits
  const network = clientNetwork(input.address)
  // Hashed, because the limiter's keys are shorter than an email may be, and readable by whoever reads the table.
  const account = Buffer.from(hashToken(email)).toString('base64url')
  // The network first: once it is blocked, it cannot use up the points of further accounts.
  const refusal = (await takePoint(loginByNetwork, network)) ?? (await takePoint(loginByAccount, account))
  if (refusal !== undefined) return refusal

  const user = await services.database.prisma.user.findUnique({ where: { email } })
  const matches = await isPassword(user?.passwordHash ?? services.accounts.decoyPasswordHash, password)
  if (user === null || !matches) return invalidCredentials

  await Promise.all([loginByNetwork.reward(network), loginByAccount.delete(account)])
  return signIn(services, user.id, input.refreshable)
}
