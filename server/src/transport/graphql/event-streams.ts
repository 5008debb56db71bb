import { GraphQLError, type ExecutionResult } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { HoldRefusal } from '../../rest/held.ts'
import type { Context } from '../../schema/context.ts'
import { HeldResponse, type Holding } from '../http/held-response.ts'
import { errorWithoutHttp } from '../http/without-http.ts'
import type { TransportLimits } from '../limits.ts'
import { told } from './told-errors.ts'
import { HeldResults } from './event-stream.ts'
import { sharedTextOf } from './shared-events.ts'
import { codedError } from '../../schema/coded-error.ts'

const mediaType = 'text/event-stream'

/**
 * Subscriptions over HTTP as server-sent events, in the "distinct connections mode" of graphql-sse: one for each request. They stand among the
 * sockets, and what holds for sockets holds for them: the count, the token's end, and who does not read is given up.
 *
 * Yoga has a way of its own to write events. It makes the text of each anew for each who watches, and a client that goes away while much waits
 * for it leaves a timer behind.
 */
export function eventStreams(hold: Holding, limits: TransportLimits): Plugin<Context> {
  const errorOf = (error: GraphQLError) => errorWithoutHttp(told(error, limits))

  function textOf(result: ExecutionResult): string {
    const text = sharedTextOf(result)
    if (text !== null && result.errors === undefined) return text
    return JSON.stringify(result.errors ? { ...result, errors: result.errors.map(errorOf) } : result)
  }

  return {
    async onSubscribe({ args, setResultAndStopExecution }) {
      const context = args.contextValue as unknown as Context & Arrival
      if (context.connection !== null) return undefined
      if (!wantsEvents(context.request)) return setResultAndStopExecution({ errors: [notOverHttp] })
      const held = await hold(context.req, context.res)
      if (!(held instanceof HeldResponse)) return setResultAndStopExecution({ errors: [refusalOf(held)] })
      Object.assign(context, { connection: held })
      held.startStream()
      return {
        onSubscribeResult({ result, setResult }) {
          if (isAsyncIterable<ExecutionResult>(result)) setResult(new HeldResults(result, held))
          else held.release()
        },
      }
    },
    onResultProcess({ request, result, setResultProcessor }) {
      if (!wantsEvents(request) || (!isAsyncIterable(result) && takesJson(request))) return
      setResultProcessor((given, { Response }) => {
        const body = Readable.from(eventsOf(given as ExecutionResult, textOf), { objectMode: false, highWaterMark: 1 })
        const init = { status: statusOf(given as ExecutionResult), headers: streamHeaders }
        return new Response(body as unknown as ReadableStream, init)
      }, mediaType)
    },
  }
}

interface Arrival {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly request: Request
}

const streamHeaders = {
  'Content-Type': `${mediaType}; charset=utf-8`,
  // nginx would keep events until it has some kilobytes.
  'X-Accel-Buffering': 'no',
}

/** Who takes anything is answered with JSON. */
const wantsEvents = ({ headers }: Request): boolean => headers.get('accept')?.toLowerCase().includes(mediaType) === true

/** Clients name all that they understand, for whatever they may ask. */
const takesJson = ({ headers }: Request): boolean => /json|\*\/\*/i.test(headers.get('accept') ?? '')

/** Takes a result when the client has taken the one before. What has none yet shows that it stands. */
async function* eventsOf(
  result: ExecutionResult | AsyncIterable<ExecutionResult>,
  textOf: (result: ExecutionResult) => string,
): AsyncGenerator<string> {
  yield ':\n\n'
  if (!isAsyncIterable<ExecutionResult>(result)) yield `event: next\ndata: ${textOf(result)}\n\n`
  else for await (const each of result) yield `event: next\ndata: ${textOf(each)}\n\n`
  yield 'event: complete\ndata:\n\n'
}

const statusOf = ({ errors = [] }: ExecutionResult): number => {
  const http = errors[0]?.extensions['http'] as { readonly status?: number } | undefined
  return http?.status ?? 200
}

const notOverHttp = codedError(
  'SUBSCRIPTION_OVER_HTTP',
  'Subscribe over a WebSocket to this address, with the protocol of graphql-ws, or with "Accept: text/event-stream".',
  { http: { status: 400 } },
)

function refusalOf(refusal: HoldRefusal): GraphQLError {
  const { code, message } = refusal
  switch (refusal.kind) {
    case 'UnauthenticatedError':
      return codedError(code, message, { http: { status: 401 } })
    case 'ForbiddenError':
      return codedError(code, message, { http: { status: 403 } })
    case 'RateLimitedError': {
      const { retryAfterSeconds } = refusal
      return codedError(code, message, { retryAfterSeconds, http: { status: 429 } })
    }
    default:
      return refusal satisfies never
  }
}
