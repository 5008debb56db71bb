import { GraphQLError } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import type { IncomingMessage } from 'node:http'
import { anonymous } from '../../domain/actor.ts'
import { unauthenticated } from '../../domain/failure.ts'
import type { Context } from '../../schema/context.ts'
import type { Caller } from '../client/caller.ts'
import type { TransportLimits } from '../limits.ts'
import { jsonProblem, lengthProblem } from '../socket/message-bounds.ts'
import { codedError } from '../../schema/coded-error.ts'
import type { ErrorCode } from '../../domain/error-codes/error-codes.ts'

/** Finds out who sends a request, and holds what it says against their limits before it is parsed. */
export function requestBounds(
  limits: TransportLimits,
  identify: (request: IncomingMessage) => Promise<Caller>,
): Plugin<Context> {
  function checkLength(length: number, caller: Caller) {
    const problem = lengthProblem(length, caller.actor, limits)
    if (problem === null) return
    // It was meant to be signed in, and would be within the limits if it were.
    if (caller.wasRefused) throw refusal(401, unauthenticated.code, unauthenticated.message)
    throw refusal(413, 'REQUEST_ENTITY_TOO_LARGE', `The request body ${problem}.`)
  }

  function checkJson(text: string, { actor }: Caller) {
    const problem = jsonProblem(text, actor, limits)
    if (problem !== null) throw refusal(400, 'REQUEST_TOO_COMPLEX', `The JSON of the request ${problem}.`)
  }

  function parseBody(text: string, caller: Caller): GraphQLParams {
    checkLength(text.length, caller)
    checkJson(text, caller)
    const params = readJson(text)
    if (typeof params === 'object' && params !== null && !Array.isArray(params)) return checkParameters(params)
    throw refusal(400, 'BAD_REQUEST', 'The request body must be one JSON object with a field "query".')
  }

  return {
    async onRequestParse({ request, requestParser, setRequestParser, serverContext }) {
      const arrival = serverContext as unknown as { readonly req: IncomingMessage; caller?: Caller }
      const caller = (arrival.caller = await identify(arrival.req))
      const length = request.headers.get('content-length')
      if (length !== null) checkLength(Number(length), caller)
      if (requestParser === undefined) return
      if (request.method === 'GET') {
        const { searchParams } = new URL(request.url)
        for (const name of ['variables', 'extensions']) checkJson(searchParams.get(name) ?? '', caller)
      } else if (isJson(request)) setRequestParser(async (given) => parseBody(await readText(given), caller))
      // No page or agent sends forms; who sends them by hand needs no more.
      else if (length !== null) checkLength(Number(length), { actor: anonymous, wasRefused: false })
      else throw refusal(411, 'LENGTH_REQUIRED', 'Send JSON, or tell the length of the body in Content-Length.')
    },
  }
}

/** As Yoga reads it, whose own parser answers what is no JSON with all of it. */
const isJson = ({ headers }: Request) =>
  /^application\/(graphql\+)?json *(;|,|$)/.test(headers.get('content-type')?.slice(0, 100) ?? '')

/** Of a client that goes away there is nothing to tell the log. */
async function readText(request: Request): Promise<string> {
  try {
    return await request.text()
  } catch (error) {
    if (error instanceof GraphQLError) throw error
    throw refusal(400, 'BAD_REQUEST', 'The request body ended too early.')
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal(400, 'BAD_REQUEST', 'The request body is not valid JSON.')
  }
}

const parameters = new Set(['query', 'variables', 'operationName', 'extensions'])

/** Yoga checks them too, and quotes a name that it does not know. */
function checkParameters(params: object): GraphQLParams {
  if (Object.keys(params).every((name) => parameters.has(name))) return params
  throw refusal(400, 'BAD_REQUEST', `The request body may have the fields ${[...parameters].join(', ')}, and no other.`)
}

const refusal = (status: number, code: ErrorCode, message: string) => codedError(code, message, { http: { status } })
