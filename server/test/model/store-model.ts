import type { Clock } from '../../src/clock.ts'
import { ExpressionModel } from './expression-model.ts'
import { OfferModel } from './offer-model.ts'
import { PresenceModel } from './presence-model.ts'

/** A database in memory that keeps the store's rules. */
export interface StoreModel {
  readonly expressions: ExpressionModel
  readonly presence: PresenceModel
  readonly offers: OfferModel
}

export function createStoreModel(clock: Clock): StoreModel {
  const presence = new PresenceModel(clock)
  const { isReplica } = presence
  return { presence, expressions: new ExpressionModel(clock, isReplica), offers: new OfferModel(clock, isReplica) }
}
