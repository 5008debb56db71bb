import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { DatabaseTrouble } from '../store/database-trouble.ts'

/** While the database is away everything fails that needs it, thousands of times a second. */
const quietMs = 5_000

/** Tells of the database's troubles at once, and then every five seconds how many operations failed by them. */
export class TroubleLog {
  readonly #logger: Logger
  readonly #clock: Clock
  #quietUntil = -Infinity
  #untold = 0

  constructor({ logger, clock }: { readonly logger: Logger; readonly clock: Clock }) {
    this.#logger = logger
    this.#clock = clock
  }

  note(trouble: DatabaseTrouble, error: unknown): void {
    this.#untold++
    const now = this.#clock.now()
    if (now < this.#quietUntil) return
    const fields = { err: error, trouble, operations: this.#untold }
    this.#logger.error(fields, 'the database does not do what operations ask of it; they are told to try again')
    this.#untold = 0
    this.#quietUntil = now + quietMs
  }
}
