import type { Pool } from 'pg'
import { setTimeout as delay } from 'node:timers/promises'
import { Batcher, sizeByCharacters } from '../batcher.ts'
import { databaseTroubleOf, DatabaseTroubleError } from '../database-trouble.ts'
import { insertExpressions, type NewExpression } from './insert-expressions.ts'
import type { ExpressionRow } from './load-expressions.ts'

/** Of one insert. A million characters of sources and plans cost the event loop some five milliseconds. */
const maxItems = 500
const maxCharacters = 1_000_000

/** Of what waits for its insert, in characters too: what comes on top is turned away, or a slow database would take all memory. */
const maxWaiting = 64 * maxCharacters

/** When an insert is tried again, in which four seconds a database that is started anew is back. */
const retryDelaysMs = [50, 100, 200, 400, 800, 1_200, 1_500]

const sizeOf = sizeByCharacters(maxItems, maxCharacters)

/** Inserts submitted expressions, in batches. */
export class Insertions {
  readonly #pool: Pool
  readonly #batcher: Batcher<NewExpression, ExpressionRow | null>

  constructor(pool: Pool) {
    this.#pool = pool
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
    for (let tries = 0; ; tries++) {
      try {
        const inserted = await insertExpressions(this.#pool, expressions)
        return expressions.map(({ id }) => inserted.get(id) ?? null)
      } catch (error) {
        if (databaseTroubleOf(error) !== 'away') throw error
        const delayMs = retryDelaysMs[tries]
        if (delayMs === undefined) {
          // They have waited for it all the while.
          this.#batcher.rejectWaiting(error)
          throw error
        }
        await delay(delayMs)
      }
    }
  }
}
