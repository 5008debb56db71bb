import type { AgentToken } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

export interface NewAgentToken {
  readonly id: string
  readonly name: string
  readonly hash: Uint8Array<ArrayBuffer>
  /** Null for a token that the server made by itself. */
  readonly createdById: string | null
}

/** In SQL rather than by the client, which would fill in its own time of creation. */
export async function insertAgentToken(
  { prisma }: Database,
  { id, name, hash, createdById }: NewAgentToken,
): Promise<AgentToken> {
  await prisma.$executeRaw`
    INSERT INTO agent_token (id, name, hash, created_by) VALUES (${id}::uuid, ${name}, ${hash}, ${createdById}::uuid)`
  return prisma.agentToken.findUniqueOrThrow({ where: { id } })
}
