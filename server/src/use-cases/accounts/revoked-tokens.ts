import type { Pool } from 'pg'
import type { Clock } from '../../clock.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import { listRevokedPersonalTokens } from '../../store/accounts/list-revoked-personal-tokens.ts'
import { listRevokedShareLinks } from '../../store/expressions/share-links.ts'

export interface RevokedTokensOptions {
  readonly pool: Pool
  readonly announcer: Announcer
  readonly clock: Clock
}

/** Beyond what is needed: a transaction may commit later than its time says. */
const spareSeconds = 60

/**
 * Finds the personal tokens, and links to expressions, whose revocation this replica may not have heard of, so that no socket of theirs stays open. Requests need none of
 * this: each looks its token up.
 */
export class RevokedTokens {
  readonly #options: RevokedTokensOptions
  #readAt: number

  constructor(options: RevokedTokensOptions) {
    this.#options = options
    this.#readAt = options.clock.now()
  }

  /** Tells this replica of all since the last time. Who has heard of one before closes nothing twice. */
  async catchUp(): Promise<void> {
    const { pool, announcer, clock } = this.#options
    const now = clock.now()
    const withinSeconds = (now - this.#readAt) / 1000 + spareSeconds
    const ids = await listRevokedPersonalTokens(pool, withinSeconds)
    const linkIds = await listRevokedShareLinks(pool, withinSeconds)
    this.#readAt = now
    if (ids.length > 0) announcer.relay({ kind: 'personalTokensRevoked', ids })
    if (linkIds.length > 0) announcer.relay({ kind: 'shareLinksRevoked', ids: linkIds })
  }
}
