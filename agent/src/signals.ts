import { constants } from 'node:os'
import type { Logger } from 'pino'

/** Fires at the first SIGTERM or SIGINT. A second one ends the process at once, with the code that a shell expects. */
export function stopOnSignals(log: Logger): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(128 + constants.signals[signal])
      log.info({ signal }, 'stopping; finishing what runs')
      stop.abort()
    })
  return stop.signal
}
