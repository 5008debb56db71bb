import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { retryDelayMs } from './connection.ts'

type Result = FormattedExecutionResult<Record<string, unknown>, Readonly<Record<string, unknown>>>

/** As graphql-ws has it: errors are those of the server, or one of the socket. */
export interface Sink {
  readonly next: (result: Result) => void
  readonly error: (error: unknown) => void
  readonly complete: () => void
}

type Subscribe = (sink: Sink) => () => void

/** What has lasted so long is tried again as soon as at first. */
const steadyMs = 30_000

/** A server that cannot answer now, or does not want to yet. Other refusals hold. */
const passing: ReadonlySet<unknown> = new Set([
  'INTERNAL_SERVER_ERROR',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'TOO_MANY_OPERATIONS',
])

/**
 * A subscription that is begun anew where the server has ended it: because it could not go on, of which it tells, or because what was watched
 * is gone. It is over when the server refuses it for good, as where there is no such thing. Each time all that there is to know comes again.
 * What the socket loses, graphql-ws begins anew itself.
 * @returns how to end it
 */
export function lastingSubscription(subscribe: Subscribe, sink: Sink, randomFraction: () => number): () => void {
  let tries = 0
  let isFirst = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let steadyTimer: ReturnType<typeof setTimeout> | undefined
  let unsubscribe = () => {}

  function begin(): void {
    let refusal: GraphQLFormattedError | null = null

    function end(): void {
      clearTimeout(steadyTimer)
      if (refusal !== null && !passing.has(refusal.extensions?.['code'])) return sink.complete()
      tries += 1
      timer = setTimeout(begin, Math.max(retryDelayMs(tries, randomFraction()), soonestMs(refusal)))
    }
    function tell(result: Result): void {
      refusal = (result.data ? null : result.errors?.[0]) ?? null
      if (result.data) steadyTimer ??= setTimeout(() => (tries = 0), steadyMs)
      // To urql, which adds a result to the one before, an error lasts until it is told that there is none.
      sink.next(isFirst ? result : { errors: [], ...result })
      isFirst = false
    }
    steadyTimer = undefined
    unsubscribe = subscribe({
      next: tell,
      error(errors) {
        if (!Array.isArray(errors)) return sink.error(errors)
        tell({ errors: errors as readonly GraphQLFormattedError[] })
        end()
      },
      complete: end,
    })
  }

  begin()
  return () => {
    clearTimeout(timer)
    clearTimeout(steadyTimer)
    unsubscribe()
  }
}

function soonestMs(refusal: GraphQLFormattedError | null): number {
  const seconds = refusal?.extensions?.['retryAfterSeconds']
  return typeof seconds === 'number' ? seconds * 1_000 : 0
}
