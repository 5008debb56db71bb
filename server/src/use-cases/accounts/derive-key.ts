import { hkdfSync } from 'node:crypto'

/** A key for one purpose, of the same secret as the one that signs access tokens and of no use in its place. */
export const deriveKey = (jwtSecret: string, purpose: 'refresh tokens' | 'devices' | 'webhooks'): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', jwtSecret, '', `reckon ${purpose}`, 32))
