import { readExpression } from '../../use-cases/expressions/read-expression.ts'
import { empty, refused } from '../answer.ts'
import { expression } from '../contract/expression.ts'
import { isFailure } from '../failure.ts'
import { route } from '../route.ts'
import { ExpressionEvents } from './expression-events.ts'
import { idOf } from '../id.ts'
import { hasEnded } from './waiting.ts'

export const eventsRoute = route({
  ...{ id: 'watchExpression', method: 'GET', path: '/expressions/{id}/events', scope: 'read' },
  summary: 'Watch an expression',
  description:
    'Server-sent events, for `curl -N` and EventSource: `expression` with the whole of it as it is, then whenever it changes; the stream ends with it. A client that comes back with `Last-Event-ID` is told only what is newer; where that was the end, the answer is 204, at which EventSource stops. `deleted` is the last event where it is deleted. Comments come every 15 seconds, so that nobody takes the stream for dead. One that is cut off without having ended is to be opened again.',
  parameters: [
    { name: 'id', in: 'path', description: 'Of the expression, as it came with it.' },
    { name: 'Last-Event-ID', in: 'header', description: 'The id of the last event that came.' },
  ],
  answers: {
    200: {
      description: 'Events, of which `data` is the expression.',
      schema: expression,
      mediaType: 'text/event-stream',
    },
    204: { description: 'It has ended, and the client has seen how.' },
  },
  problems: { 404: 'There is none, or it is not yours.' },
  async handle(call) {
    const { actor, headers, params, services } = call
    const view = await readExpression(services, actor, idOf('Expression', params['id']))
    if (isFailure(view)) return refused(view)
    const seen = versionOf(headers['last-event-id'])
    if (hasEnded(view) && seen === services.live.expressions.versionOf(view)) return empty(204)
    const held = await call.hold()
    return isFailure(held) ? refused(held) : { kind: 'events', held, events: new ExpressionEvents(call, view.id, seen) }
  },
})

/** Of what is no version everything is newer. */
const versionOf = (lastEventId: string | string[] | undefined): number =>
  typeof lastEventId === 'string' && /^\d{1,16}$/.test(lastEventId) ? Number(lastEventId) : -1
