import { z } from 'zod'
import { LRUCache } from 'lru-cache'
import { protocolVersions } from '../../domain/agent-protocol.ts'
import {
  unauthenticated,
  type Failure,
  type InvalidInputError,
  type UnauthenticatedError,
} from '../../domain/failure.ts'
import { displayName, parseInput } from '../parse-input.ts'
import type { SessionOpening, SessionOutcome } from '../scheduler-port.ts'
import type { Services } from '../services.ts'

/** Tickets that an agent may name as held. */
export const mostHeldTickets = 20_000

export type OpenAgentSessionOutcome =
  Exclude<SessionOutcome, { kind: 'revoked' }> | InvalidInputError | ProtocolUnsupportedError | UnauthenticatedError

/** The agent cannot mend it: another program has to run in its place. */
export type ProtocolUnsupportedError = Failure<'ProtocolUnsupportedError'>

const inputSchema = z.object({
  name: displayName(),
  slots: z.int().min(1, 'must be at least 1').max(1_024, 'must be at most 1024'),
  programVersion: displayName().nullish(),
  host: displayName().nullish(),
  sessionId: z.uuid('must be a UUID, chosen once a run of the agent'),
  heldTickets: z.array(z.string().max(100)).max(mostHeldTickets, `must have at most ${mostHeldTickets} entries`),
  running: z
    .array(z.object({ ticket: z.string().max(100), elapsedMs: z.int().min(0, 'must be at least 0') }))
    .max(mostHeldTickets, `must have at most ${mostHeldTickets} entries`),
})

type Input = z.input<typeof inputSchema> &
  Pick<SessionOpening, 'tokenId' | 'connection'> & { readonly protocolVersion: number }

/** Opens an agent's session, or resumes it after a lost socket. */
export async function openAgentSession(services: Services, opening: Input): Promise<OpenAgentSessionOutcome> {
  const { tokenId, connection, protocolVersion, ...input } = opening
  if (!protocolVersions.includes(protocolVersion)) return unsupported(services, opening)
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { running, ...rest } = parsed.value
  const elapsedMs = new Map(running.map(({ ticket, elapsedMs }) => [ticket, elapsedMs]))
  const outcome = await services.scheduler.openSession({ ...rest, elapsedMs, tokenId, connection })
  return outcome.kind === 'revoked' ? unauthenticated : outcome
}

/** Tokens whose agents were told of lately: one line of the log a minute each. */
const told = new LRUCache<string, true>({ max: 1_000, ttl: 60_000 })

function unsupported({ logger }: Services, { tokenId, name, protocolVersion }: Input): ProtocolUnsupportedError {
  const message = `The agent speaks version ${protocolVersion} of the protocol, and this server ${protocolVersions.join(', ')}. Fetch its /reckon-agent.mjs.`
  if (!told.has(tokenId)) logger.warn({ agent: name.slice(0, 100), tokenId }, `refused an agent: ${message}`)
  told.set(tokenId, true)
  return { kind: 'ProtocolUnsupportedError', code: 'PROTOCOL_UNSUPPORTED', message }
}
