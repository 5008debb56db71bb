import { constants } from 'node:os'
import type { Logger } from 'pino'

/** One Ctrl-C may come from the terminal, and again from npx or npm, which pass on what they get. */
const sameSignalMs = 1_000

/**
 * Fires at the first SIGTERM, SIGINT or SIGHUP. A later one that somebody has sent on purpose ends the process at once, with the code that a shell
 * expects.
 */
export function stopOnSignals(log: Logger): AbortSignal {
  const stop = new AbortController()
  let firstMs = 0
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!stop.signal.aborted) {
        firstMs = performance.now()
        log.info({ signal }, 'stopping; finishing what runs')
        return stop.abort()
      }
      const isSame = performance.now() - firstMs < sameSignalMs || signal === 'SIGHUP'
      if (!isSame) process.exit(128 + constants.signals[signal])
    })
  return stop.signal
}
