import type { InvalidInputError, RateLimitedError } from '../../domain/failure.ts'
import { closeAccount as storeClosed } from '../../store/accounts/close-account.ts'
import { inBackground } from '../../realtime/in-background.ts'
import { parseInput } from '../parse-input.ts'
import type { Services } from '../services.ts'
import { whenConfirmed, wrongPassword, type WrongPasswordError } from './confirm-password.ts'
import { currentPasswordSchema } from './credentials.ts'
import { ownDevice } from './device.ts'
import { lastAdmin } from './disable-user.ts'
import { finishClosing } from './finish-closing.ts'
import type { Origin } from './origin.ts'
import { announceShutOut } from './shut-out.ts'
import { z } from 'zod'

export interface CloseAccountInput extends Origin {
  readonly userId: string
  readonly password: string
}

export type CloseAccountOutcome =
  { readonly closedId: string } | WrongPasswordError | InvalidInputError | RateLimitedError

const inputSchema = z.object({ password: currentPasswordSchema })

/**
 * Deletes one's own account: at once nothing of it is let in and its email is free; what it computes is cancelled and all that it has is
 * deleted right after, bit by bit.
 */
export async function closeAccount(services: Services, input: CloseAccountInput): Promise<CloseAccountOutcome> {
  const { accounts, database, logger } = services
  const { userId, address } = input
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { email } = await database.prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })
  const origin = { address, device: ownDevice(services, input.device) }
  const failure = { kind: 'SIGN_IN_FAILED', detail: email } as const
  const confirmation = { userId, email, password: parsed.value.password, origin, failure }
  return whenConfirmed(services, confirmation, async ({ passwordHash }) => {
    const outcome = await storeClosed(database, userId, passwordHash)
    switch (outcome.kind) {
      case 'closed':
        accounts.audit.record({ kind: 'ACCOUNT_CLOSED', actorId: userId, subjectId: userId, address, detail: email })
        announceShutOut(services, outcome.shutOut)
        inBackground(logger, 'delete what a closed account has', () => finishClosing(services))
        return { closedId: userId }
      case 'changed':
        return wrongPassword
      case 'lastAdmin':
        return lastAdmin('password')
      default:
        return outcome satisfies never
    }
  })
}
