import type { IncomingMessage } from 'node:http'
import { requestError, type RequestError } from '../../rest/failure.ts'
import type { Route } from '../../rest/route.ts'
import type { Caller } from '../client/caller.ts'
import { unauthenticated, type UnauthenticatedError } from '../../domain/failure.ts'
import type { TransportLimits } from '../limits.ts'
import { jsonProblem, lengthProblem } from '../socket/message-bounds.ts'

export interface ReadBody {
  readonly kind: 'read'
  readonly text: string
  readonly isPlain: boolean
}

/** Reads what a route takes as its body, within the limits of who sends it. */
export async function readBody(
  request: IncomingMessage,
  route: Route,
  caller: Caller,
  limits: TransportLimits,
): Promise<ReadBody | RequestError | UnauthenticatedError> {
  if (route.body === undefined) return { kind: 'read', text: '', isPlain: false }
  const type = mediaTypeOf(request)
  const isPlain = type === 'text/plain' && route.textBody !== undefined
  if (!isPlain && type !== 'application/json') return otherType(route)
  const text = await readText(request, caller, limits)
  if (typeof text !== 'string') return text
  const problem = isPlain ? null : jsonProblem(text, caller.actor, limits)
  if (problem !== null) return requestError('REQUEST_TOO_COMPLEX', `The JSON of the body ${problem}.`)
  return { kind: 'read', text, isPlain }
}

const mediaTypeOf = ({ headers }: IncomingMessage): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

function otherType({ textBody }: Route): RequestError {
  const taken = textBody === undefined ? 'JSON' : 'JSON, or an expression as text/plain'
  const hint = "with curl: --json '{…}', or -H \"Content-Type: application/json\" -d '{…}'"
  return requestError('UNSUPPORTED_MEDIA_TYPE', `Send ${taken}; ${hint}.`)
}

async function readText(
  request: IncomingMessage,
  caller: Caller,
  limits: TransportLimits,
): Promise<string | RequestError | UnauthenticatedError> {
  const refusalOf = (length: number) => {
    const problem = lengthProblem(length, caller.actor, limits)
    if (problem === null) return null
    // It was meant to be signed in, and would be within the limits if it were.
    return caller.wasRefused ? unauthenticated : requestError('REQUEST_ENTITY_TOO_LARGE', `The body ${problem}.`)
  }
  const refusal = refusalOf(Number(request.headers['content-length'] ?? 0))
  if (refusal !== null) return refusal
  const chunks: Buffer[] = []
  let length = 0
  try {
    // Its connection has yet to carry the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length
      const tooLong = refusalOf(length)
      if (tooLong !== null) {
        // What is left of it stands in the way of the next request.
        setImmediate(() => request.resume())
        return tooLong
      }
      chunks.push(chunk)
    }
  } catch {
    return requestError('BAD_REQUEST', 'The body ended too early.')
  }
  return Buffer.concat(chunks).toString()
}
