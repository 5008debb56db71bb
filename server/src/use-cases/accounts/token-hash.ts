import { createHash } from 'node:crypto'

/**
 * What is stored of a token, so that a copy of the database opens nothing. SHA-256 is enough: a token has 256 random bits,
 * unlike a password.
 */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest())
