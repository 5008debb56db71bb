import type { Failure, InvalidInputError, RateLimitedError } from '../../domain/failure.ts'
import { isInvitationOpen } from '../../store/accounts/invitations.ts'
import { insertUser, type RegistrationRight } from '../../store/accounts/insert-user.ts'
import { signIn, type Authentication } from './authentication.ts'
import { clientNetwork } from './client-network.ts'
import { credentialsSchema } from './credentials.ts'
import type { Origin } from './origin.ts'
import { parseInput } from '../parse-input.ts'
import { hashPassword } from './password.ts'
import {
  invitationRefused,
  isRegistrationOpen,
  registrationClosed,
  type RegistrationClosedError,
} from './registration.ts'
import type { Services } from '../services.ts'
import { hashToken } from './token-hash.ts'

export type EmailTakenError = Failure<'EmailTakenError'>

/** What `register` and `login` are given. */
export interface SignInInput extends Origin {
  readonly email: string
  readonly password: string
  /** Whether the client can keep a refresh token. */
  readonly refreshable: boolean
}

export interface RegisterInput extends SignInInput {
  /** The token of an invitation. */
  readonly invitation?: string | null | undefined
}

export type RegisterOutcome =
  Authentication | EmailTakenError | RegistrationClosedError | InvalidInputError | RateLimitedError

const emailTaken: EmailTakenError = {
  kind: 'EmailTakenError',
  code: 'EMAIL_TAKEN',
  message: 'There is an account with this email. Sign in.',
}

/**
 * Makes an account and signs in to it. The first account of all is an admin's.
 *
 * That an email has an account is told to whoever may register: to hide it, too, an answer would have to go to the email. Where that must not be
 * told to strangers, registration is not open, and a stranger is refused before anything is looked at.
 */
export async function register(services: Services, input: RegisterInput): Promise<RegisterOutcome> {
  const { accounts, database, ids } = services
  const parsed = parseInput(credentialsSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { email, password } = parsed.value
  const { address } = input
  const place = accounts.passwordQueue.enter({ key: clientNetwork(address), isKnown: false })
  if (place.kind !== 'place') return place
  try {
    const refusal = await accounts.limits.registrationByNetwork.spend(clientNetwork(address))
    if (refusal !== undefined) return refusal
    const right = await rightOf(services, input.invitation)
    if (right.kind === 'RegistrationClosedError') return refuse(services, address, email, right)

    const user = { id: ids.next(), email, passwordHash: await place.compute(() => hashPassword(password)) }
    const outcome = await insertUser(database, user, right)
    switch (outcome) {
      case 'inserted': {
        accounts.audit.record({ kind: 'REGISTERED', actorId: user.id, subjectId: user.id, address, detail: email })
        const { refreshable } = input
        const signer = { ...user, userId: user.id, origin: input, isKnownDevice: false, refreshable }
        const authentication = await signIn(services, signer)
        if (authentication === undefined) throw new Error('a password was changed before its account was known')
        return authentication
      }
      case 'emailTaken':
        return emailTaken
      case 'notTheFirst':
        return refuse(services, address, email, registrationClosed)
      case 'invitationRefused':
        return refuse(services, address, email, invitationRefused)
      default:
        return outcome satisfies never
    }
  } finally {
    place.leave()
  }
}

/** An invitation counts where none is needed, too: it is then used up, as whoever made it expects. */
async function rightOf(
  services: Services,
  invitation: string | null | undefined,
): Promise<RegistrationRight | RegistrationClosedError> {
  if (invitation != null && invitation !== '') {
    const hash = hashToken(invitation)
    // Looked at once more when it is used. Here it keeps those without one from having passwords hashed.
    return (await isInvitationOpen(services.database, hash)) ? { kind: 'invitation', hash } : invitationRefused
  }
  if (!(await isRegistrationOpen(services))) return registrationClosed
  return services.environment.REGISTRATION === 'first' ? { kind: 'first' } : { kind: 'anybody' }
}

function refuse(
  { accounts }: Services,
  address: string,
  email: string,
  refusal: RegistrationClosedError,
): RegistrationClosedError {
  accounts.audit.record({ kind: 'REGISTRATION_REFUSED', address, detail: `${refusal.code} ${email}` })
  return refusal
}
