import type { Pool } from 'pg'
import { pause, type Clock } from '../../clock.ts'
import { backoffMs } from '../../domain/backoff.ts'
import { Batcher, sizeByCharacters } from '../batcher.ts'
import { databaseTroubleOf, DatabaseTroubleError } from '../database-trouble.ts'
import { insertExpressions, type NewExpression } from './insert-expressions.ts'
import type { ExpressionRow } from './load-expressions.ts'

/** Of one insert. A million characters of sources and plans cost the event loop some five milliseconds. */
const maxItems = 500
const maxCharacters = 1_000_000

/** Of what waits for its insert, in characters too: what comes on top is turned away, or a slow database would take all memory. */
const maxWaiting = 64 * maxCharacters

/** When an insert is tried again, and how often: in these four seconds a database that is started anew is back. */
const bounds = { firstMs: 50, maxMs: 1_500 }
const maxTries = 8

const sizeOf = sizeByCharacters(maxItems, maxCharacters)

/** Inserts submitted expressions, in batches. */
export class Insertions {
  readonly #pool: Pool
  readonly #clock: Pick<Clock, 'after'>
  readonly #batcher: Batcher<NewExpression, ExpressionRow | null>

  constructor(pool: Pool, clock: Pick<Clock, 'after'>) {
    this.#pool = pool
    this.#clock = clock
    this.#batcher = new Batcher(
      (expressions) => this.#insert(expressions),
      maxCharacters,
      ({ source, plan }) => sizeOf(source.length + plan.length),
    )
  }

  /** The row as it was inserted; null where the request id was used before. */
  add(expression: NewExpression): Promise<ExpressionRow | null> {
    if (this.#batcher.size > maxWaiting)
      return Promise.reject(new DatabaseTroubleError('busy', 'too much waits to be inserted'))
    return this.#batcher.add(expression)
  }

  /** An insert that was broken off is tried again: it knows what it has inserted before. */
  async #insert(expressions: readonly NewExpression[]): Promise<(ExpressionRow | null)[]> {
    for (let tries = 1; ; tries++) {
      try {
        const inserted = await insertExpressions(this.#pool, expressions)
        return expressions.map(({ id }) => inserted.get(id) ?? null)
      } catch (error) {
        if (databaseTroubleOf(error) !== 'away') throw error
        if (tries === maxTries) {
          // They have waited for it all the while.
          this.#batcher.rejectWaiting(error)
          throw error
        }
        await pause(this.#clock, backoffMs(tries, bounds))
      }
    }
  }
}
