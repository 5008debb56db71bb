import { z } from 'zod'
import type { InvalidInputError } from '../../domain/failure.ts'
import type { AgentToken } from '../../generated/prisma/client.ts'
import { insertAgentToken } from '../../store/accounts/insert-agent-token.ts'
import { displayName, parseInput } from '../parse-input.ts'
import type { Requester } from './requester.ts'
import type { Services } from '../services.ts'
import { hashToken } from './token-hash.ts'

/** Tells an agent's token from a user's at sight, also for scanners that look for leaked secrets. */
export const agentTokenPrefix = 'rka_'

export interface CreatedAgentToken {
  readonly agentToken: AgentToken
  /** The secret itself: shown once, never stored. */
  readonly token: string
}

export interface CreateAgentTokenInput {
  readonly name: string
}

export type CreateAgentTokenOutcome = CreatedAgentToken | InvalidInputError

const inputSchema = z.object({
  name: displayName(),
})

/** For admins. */
export async function createAgentToken(
  services: Services,
  input: CreateAgentTokenInput,
  { actorId, address }: Requester,
): Promise<CreateAgentTokenOutcome> {
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { name } = parsed.value
  const created = await mintAgentToken(services, name, actorId)
  const subjectId = created.agentToken.id
  services.accounts.audit.record({ kind: 'AGENT_TOKEN_CREATED', actorId, subjectId, address, detail: name })
  return created
}

/** Makes a token; by nobody (`createdById` null) for the agents that a server brings with it. */
export async function mintAgentToken(
  { database, ids }: Pick<Services, 'database' | 'ids'>,
  name: string,
  createdById: string | null,
): Promise<CreatedAgentToken> {
  const token = `${agentTokenPrefix}${ids.secret()}`
  const agentToken = await insertAgentToken(database, { id: ids.next(), name, hash: hashToken(token), createdById })
  return { agentToken, token }
}
