import type { AgentToken } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

/** Revokes a token; the time of its first revocation stays. Null where there is no such token. */
export async function markAgentTokenRevoked({ prisma }: Database, id: string): Promise<AgentToken | null> {
  await prisma.$executeRaw`UPDATE agent_token SET revoked_at = now() WHERE id = ${id}::uuid AND revoked_at IS NULL`
  return prisma.agentToken.findUnique({ where: { id } })
}
