import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import { AuditBudget, type AuditEvent, type AuditKind } from '../../domain/audit.ts'
import type { Ids } from '../../ids.ts'
import type { Meter } from '../../metering/meter.ts'
import { insertAuditEvent } from '../../store/accounts/insert-audit-event.ts'
import { clientNetwork } from './client-network.ts'
import { toStorable } from '../parse-input.ts'

export interface AuditLogOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly meter: Meter
}

const loginFailures: ReadonlyMap<AuditKind, string> = new Map([
  ['SIGN_IN_FAILED', 'password'],
  ['SIGN_IN_THROTTLED', 'throttled'],
])

/** Where it is told what happens to accounts. */
export interface AuditJournal {
  /** Keeps nobody waiting: what is told of has happened, whether or not it can be written down. */
  record(event: AuditEvent): void
  /** The same for what a request brings: the log tells which. */
  ofRequest(requestId: string): AuditJournal
  /** Writes down how many more there were in a minute that is over. To be called now and then, for who records nothing more. */
  turn(): void
  /** Resolves when all that was recorded is written down. */
  settle(): Promise<void>
}

/** Writes down what happens to accounts, to the database and to the log, as much of it as `AuditBudget` admits. */
export class AuditLog implements AuditJournal {
  readonly #options: AuditLogOptions
  readonly #budget = new AuditBudget()
  readonly #writing = new Set<Promise<void>>()

  constructor(options: AuditLogOptions) {
    this.#options = options
  }

  /** @param requestId under which the log has more of it */
  record(event: AuditEvent, requestId?: string): void {
    this.turn()
    const failure = loginFailures.get(event.kind)
    if (failure !== undefined) this.#options.meter.count('login_failures_total', failure)
    const userId = event.actorId ?? event.subjectId ?? null
    if (this.#budget.admits(event.kind, clientNetwork(event.address ?? ''), userId)) this.#write(event, 1, requestId)
  }

  ofRequest(requestId: string): AuditJournal {
    return {
      record: (event) => this.record(event, requestId),
      ofRequest: (other) => this.ofRequest(other),
      turn: () => this.turn(),
      settle: () => this.settle(),
    }
  }

  turn(): void {
    for (const [kind, count] of this.#budget.turn(this.#options.clock.now())) this.#write({ kind }, count)
  }

  async settle(): Promise<void> {
    await Promise.all(this.#writing)
  }

  #write(event: AuditEvent, count: number, requestId?: string): void {
    const { pool, ids, logger } = this.#options
    const stored = { ...event, detail: event.detail == null ? null : toStorable(event.detail) }
    logger.info({ audit: stored, count, requestId }, 'account event')
    const writing = insertAuditEvent(pool, ids.next(), stored, count)
      .catch((error: unknown) =>
        logger.error({ err: error, kind: event.kind }, 'could not write down an account event'),
      )
      .finally(() => this.#writing.delete(writing))
    this.#writing.add(writing)
  }
}
