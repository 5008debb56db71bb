import { randomUUID } from 'node:crypto'

/** Where chance comes from. */
export interface Ids {
  next(): string
  /** Uniform in [0, 1), for jitter. */
  random(): number
}

export const systemIds: Ids = { next: () => randomUUID(), random: () => Math.random() }
