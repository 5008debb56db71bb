import type { Logger } from 'pino'

/** Runs what nobody waits for. An error of it is a bug, or a database that refuses data: it is told, and ends nothing. */
export function inBackground(logger: Logger, what: string, run: () => Promise<unknown>): void {
  run().catch((error: unknown) => logger.error({ err: error }, `could not ${what}`))
}
