import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

/** Where identifiers, secrets and chance come from. */
export interface Ids {
  /** A UUID of version 7: later ones sort after earlier ones, so the newest rows stand at the end of an index. */
  next(): string
  /** An unguessable secret of 256 bits, URL-safe. */
  secret(): string
  /** Uniform in [0, 1), for jitter. */
  random(): number
}

export const systemIds: Ids = {
  next: () => v7(),
  secret: () => randomBytes(32).toString('base64url'),
  random: () => Math.random(),
}
