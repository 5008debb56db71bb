import type { Prisma } from '../../generated/prisma/client.ts'

/** A sign-in that was ended just now. */
export interface EndedSignIn {
  readonly id: string
  readonly userId: string
}

type Client = Prisma.TransactionClient

/** Ends the sign-in that a refresh token belongs to, whatever the state of the token. */
export const endSignInOfToken = (client: Client, hash: Uint8Array<ArrayBuffer>): Promise<EndedSignIn[]> =>
  client.$queryRaw`
    UPDATE sign_in SET ended_at = now()
    WHERE id = (SELECT family_id FROM refresh_token WHERE hash = ${hash}) AND ended_at IS NULL
    RETURNING id, user_id AS "userId"`

export const endSignIn = (client: Client, id: string): Promise<EndedSignIn[]> =>
  client.$queryRaw`
    UPDATE sign_in SET ended_at = now() WHERE id = ${id}::uuid AND ended_at IS NULL RETURNING id, user_id AS "userId"`

/** Ends all sign-ins of a user that have not ended by themselves. */
export const endSignInsOf = (client: Client, userId: string): Promise<EndedSignIn[]> =>
  client.$queryRaw`
    UPDATE sign_in SET ended_at = now()
    WHERE user_id = ${userId}::uuid AND ended_at IS NULL AND expires_at > now()
    RETURNING id, user_id AS "userId"`
