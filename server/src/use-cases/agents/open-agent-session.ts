import { z } from 'zod'
import { unauthenticated, type InvalidInputError, type UnauthenticatedError } from '../../domain/failure.ts'
import { displayName, parseInput } from '../parse-input.ts'
import type { SessionOpening, SessionOutcome } from '../scheduler-port.ts'
import type { Services } from '../services.ts'

export type OpenAgentSessionOutcome =
  Exclude<SessionOutcome, { kind: 'revoked' }> | InvalidInputError | UnauthenticatedError

const inputSchema = z.object({
  name: displayName(),
  slots: z.int().min(1, 'must be at least 1').max(1_024, 'must be at most 1024'),
  sessionId: z.uuid('must be a UUID, chosen once a run of the agent'),
  heldTickets: z.array(z.string().max(100)).max(20_000, 'must have at most 20000 entries'),
  running: z
    .array(z.object({ ticket: z.string().max(100), elapsedMs: z.int().min(0, 'must be at least 0') }))
    .max(20_000, 'must have at most 20000 entries'),
})

type Input = z.input<typeof inputSchema> & Pick<SessionOpening, 'tokenId' | 'connection'>

/** Opens an agent's session, or resumes it after a lost socket. */
export async function openAgentSession(services: Services, opening: Input): Promise<OpenAgentSessionOutcome> {
  const { tokenId, connection, ...input } = opening
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { running, ...rest } = parsed.value
  const elapsedMs = new Map(running.map(({ ticket, elapsedMs }) => [ticket, elapsedMs]))
  const outcome = await services.scheduler.openSession({ ...rest, elapsedMs, tokenId, connection })
  return outcome.kind === 'revoked' ? unauthenticated : outcome
}
