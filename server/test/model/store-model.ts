import type { Clock } from '../../src/clock.ts'
import { ExpressionModel } from './expression-model.ts'
import { PresenceModel } from './presence-model.ts'

/** A database in memory that keeps the store's rules. */
export interface StoreModel {
  readonly expressions: ExpressionModel
  readonly presence: PresenceModel
}

export function createStoreModel(clock: Clock): StoreModel {
  const presence = new PresenceModel(clock)
  return { presence, expressions: new ExpressionModel(clock, presence.isReplica) }
}
