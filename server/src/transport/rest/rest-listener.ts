import type { IncomingMessage, ServerResponse } from 'node:http'
import { forbidden } from '../../domain/failure.ts'
import { inText, refused, type Answer } from '../../rest/answer.ts'
import { requestError, type RequestError } from '../../rest/failure.ts'
import { checkBody, checkQuery } from '../../rest/input.ts'
import type { Call, Route } from '../../rest/route.ts'
import { createRouter, type Match } from '../../rest/router.ts'
import { restBase, routes } from '../../rest/routes.ts'
import { databaseTroubleOf } from '../../store/database-trouble.ts'
import { accountableFor } from '../../use-cases/accounts/accountable.ts'
import { refuseScope } from '../../use-cases/accounts/admission.ts'
import type { Services } from '../../use-cases/services.ts'
import { servicesOfRequest } from '../../use-cases/services-of-request.ts'
import type { Authenticate } from '../client/authentication.ts'
import { identify, type Caller } from '../client/caller.ts'
import { clientAddress } from '../client/forwarded.ts'
import { deviceCookieOf, refreshCookieOf } from '../http/cookies.ts'
import { takesGzip } from '../http/gzip.ts'
import type { Holding } from '../http/held-response.ts'
import { isRead, pathOf } from '../http/paths.ts'
import { requestIdGiven } from '../http/request-id.ts'
import { unavailability } from '../http/service-unavailable.ts'
import type { TransportLimits } from '../limits.ts'
import { TroubleLog } from '../trouble-log.ts'
import { isForeign, replyPreflight, setCorsHeaders } from './cross-origin.ts'
import { readBody } from './request-body.ts'
import { writeAnswer } from './write-answer.ts'

export interface RestOptions {
  readonly services: Services
  readonly authenticate: Authenticate
  readonly hold: Holding
  readonly allowedOrigins: ReadonlySet<string>
  readonly limits: TransportLimits
}

/** Answers what is below `/api/v1`, with the limits that hold for GraphQL. */
export function createRestListener({ services, authenticate, hold, allowedOrigins, limits }: RestOptions) {
  const { environment, ids, logger, processor } = services
  const find = createRouter(routes)
  const troubles = new TroubleLog(services)

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setCorsHeaders(request, response, allowedOrigins)
    const isHead = request.method === 'HEAD'
    const match = find(isHead ? 'GET' : (request.method ?? ''), pathOf(request).slice(restBase.length))
    if (request.method === 'OPTIONS' && match.kind === 'otherMethod') return replyPreflight(response, match.allowed)
    const answer = await answerTo(request, response, match).catch((error: unknown) =>
      refused(unforeseen(error, request, response)),
    )
    if (response.closed) return leave(answer)
    await writeAnswer(response, answer, { isHead, takesGzip: takesGzip(request.headers['accept-encoding']) })
  }

  async function answerTo(request: IncomingMessage, response: ServerResponse, match: Match): Promise<Answer> {
    if (match.kind === 'notFound') return refused(requestError('NO_SUCH_ADDRESS', noSuchAddress))
    if (match.kind === 'otherMethod') return otherMethod(match.allowed)
    if (isForeign(request, allowedOrigins)) return refused(forbidden('The page of another site may not send this.'))
    const caller = await identify(request, authenticate, services)
    if (caller.actor === undefined) return refused(caller)
    const { route, params } = match
    const refusal = await refuseScope(services, caller.actor, route.scope)
    if (refusal !== null) return refused(refusal)
    return answerCaller(request, response, route, params, caller)
  }

  async function answerCaller(
    request: IncomingMessage,
    response: ServerResponse,
    route: Route,
    params: Call['params'],
    caller: Caller,
  ): Promise<Answer> {
    const { actor } = caller
    const address = clientAddress(request, environment.TRUSTED_PROXIES)
    const client = accountableFor(actor, address)
    // Of what changes something the use cases say what it costs.
    const outOfTime = isRead(request.method) ? processor.refusal(client) : undefined
    if (outOfTime) return refused(outOfTime)
    const query = checkQuery(route, queryOf(request.url))
    if (query.kind !== 'valid') return refused(query)
    const read = await readBody(request, route, caller, limits)
    if (read.kind !== 'read') return refused(read)
    const body = checkBody(route, read.text, read.isPlain)
    if (body.kind !== 'valid') return refused(body)
    const answer = await route.handle({
      services: servicesOfRequest(services, requestIdGiven(response), request.headers['traceparent']),
      ...{ actor, address, params, base: `${environment.BASE_PATH}${restBase}`, headers: request.headers },
      ...{ query: query.value, body: body.value },
      refreshCookie: refreshCookieOf(request, response, environment, restBase),
      deviceCookie: deviceCookieOf(request, response, environment, restBase),
      hold: () => hold(request, response),
    })
    return answer.kind === 'json' ? processor.runNow(client, () => inText(answer)) : answer
  }

  function unforeseen(error: unknown, request: IncomingMessage, response: ServerResponse): RequestError {
    const trouble = databaseTroubleOf(error)
    if (trouble !== null) {
      troubles.note(trouble, error)
      const { code, message, retryAfterSeconds } = unavailability(trouble)
      return { ...requestError(code, message), retryAfterSeconds }
    }
    const id = ids.next()
    const requestId = requestIdGiven(response)
    logger.error({ err: error, path: pathOf(request), errorId: id, requestId }, 'unforeseen error in a request')
    return requestError('INTERNAL_SERVER_ERROR', `Something went wrong on the server. Its log tells more under ${id}.`)
  }
}

/** Whoever asked has gone before the answer was made: what would have told them more is not to wait for them. */
async function leave(answer: Answer): Promise<void> {
  if (answer.kind !== 'events') return
  await answer.events.return?.()
  answer.held.release()
}

/** What stands after the question mark, in which there may be more of them. */
const queryOf = (url = ''): string => url.slice(url.indexOf('?') + 1 || url.length)

const noSuchAddress = 'There is nothing at this address. What there is stands in /api/v1/openapi.json.'

function otherMethod(allowed: readonly string[]): Answer {
  const failure = requestError('METHOD_NOT_ALLOWED', `Use ${allowed.join(', ')}.`)
  return { kind: 'problem', failure, headers: { Allow: allowed.join(', ') } }
}
