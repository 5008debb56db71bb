import type { Failure, InvalidInputError, RateLimitedError } from '../../domain/failure.ts'
import { findAccount } from '../../store/accounts/find-account.ts'
import { signIn, type Authentication } from './authentication.ts'
import { clientNetwork } from './client-network.ts'
import { loginSchema } from './credentials.ts'
import { ownDevice } from './device.ts'
import { LoginThrottle } from './login-throttle.ts'
import { deviceHash, networkHash } from './origin.ts'
import { parseInput } from '../parse-input.ts'
import { isPassword } from './password.ts'
import type { SignInInput } from './register.ts'
import type { Services } from '../services.ts'

export type InvalidCredentialsError = Failure<'InvalidCredentialsError'>

export type LoginOutcome = Authentication | InvalidCredentialsError | InvalidInputError | RateLimitedError

/** The same for an unknown email and a wrong password: nobody learns who has an account. */
const invalidCredentials: InvalidCredentialsError = {
  kind: 'InvalidCredentialsError',
  code: 'INVALID_CREDENTIALS',
  message: 'The email or the password is wrong.',
}

/** Told to whoever knows the password. */
const accountDisabled: InvalidCredentialsError = {
  kind: 'InvalidCredentialsError',
  code: 'ACCOUNT_DISABLED',
  message: 'This account is disabled. Ask an admin.',
}

/** Signs in. Every try is counted before the password is looked at, see `LoginThrottle`; only failures stay counted. */
export async function login(services: Services, input: SignInInput): Promise<LoginOutcome> {
  const { accounts, database } = services
  const parsed = parseInput(loginSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { email, password } = parsed.value
  const { address } = input

  const device = ownDevice(services, input.device)
  const origin = { address, device, userAgent: input.userAgent }
  // Before the database is asked anything: of a flood it sees no more than there are places.
  const place = accounts.passwordQueue.enter({ key: device ?? clientNetwork(address), isKnown: device !== undefined })
  if (place.kind !== 'place') return place
  try {
    const account = await findAccount(database, email, deviceHash(origin), networkHash(origin))
    const throttle = new LoginThrottle(accounts.limits, email, account, origin)
    const refusal = await throttle.spend()
    if (refusal !== undefined) {
      accounts.audit.record({ kind: 'SIGN_IN_THROTTLED', subjectId: account?.id ?? null, address, detail: email })
      return refusal
    }
    const hash = account?.passwordHash ?? accounts.decoyPasswordHash
    const matches = await place.compute(() => isPassword(hash, password))
    const { refreshable } = input
    const authentication =
      account !== undefined && matches && !account.isDisabled
        ? await signIn(services, { ...account, userId: account.id, origin, refreshable })
        : undefined
    if (account === undefined || authentication === undefined) {
      accounts.audit.record({ kind: 'SIGN_IN_FAILED', subjectId: account?.id ?? null, address, detail: email })
      return account?.isDisabled === true && matches ? accountDisabled : invalidCredentials
    }
    await throttle.succeed()
    accounts.audit.record({ kind: 'SIGNED_IN', actorId: account.id, subjectId: account.id, address })
    return authentication
  } finally {
    place.leave()
  }
}
