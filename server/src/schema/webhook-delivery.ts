import { encodeGlobalID } from '@pothos/plugin-relay'
import { NIL, validate as isUuid } from 'uuid'
import { deliveryState, deliveryStates } from '../use-cases/webhooks/delivery-state.ts'
import { builder } from './builder.ts'

const DeliveryStateType = builder.enumType('WebhookDeliveryState', {
  description: 'How a delivery stands.',
  values: {
    WAITING: { description: 'It is to be tried, for the first time or again.' },
    DELIVERED: { description: 'The receiver answered with a status from 200 to 299.' },
    GIVEN_UP: { description: 'It has not arrived in its time, and is not tried again by itself.' },
  } satisfies Record<(typeof deliveryStates)[number], object>,
})

export const WebhookDeliveryType = builder.prismaNode('WebhookDelivery', {
  id: { field: 'id' },
  nullable: true,
  description: 'One thing that a webhook is told, with the last attempt at it.',
  findUnique: (id, { actor }) =>
    actor.kind === 'user' && isUuid(id) ? { id, webhook: { userId: actor.userId } } : { id: NIL },
  fields: (t) => ({
    messageId: t.string({
      description: 'What `webhook-id` says: the same at each attempt.',
      resolve: ({ id }) => id,
    }),
    event: t.exposeString('event', { description: 'What happened: `expression.succeeded`, `webhook.test`.' }),
    expressionId: t.id({
      nullable: true,
      description: 'Of the Expression that it tells of, which may be gone by now; null of a test.',
      resolve: ({ expressionId }) => (expressionId === null ? null : encodeGlobalID('Expression', expressionId)),
    }),
    state: t.field({ type: DeliveryStateType, description: 'How it stands.', resolve: deliveryState }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
    attempts: t.exposeInt('attempts', { description: 'How many there were, since it was last asked for.' }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next, at the earliest.',
    }),
    lastAttemptAt: t.expose('lastAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last tried.',
    }),
    deliveredAt: t.expose('deliveredAt', { type: 'DateTime', nullable: true, description: 'When it arrived.' }),
    answerStatus: t.exposeInt('answerStatus', {
      nullable: true,
      description: 'Of the last attempt: the status of the answer; null where there was none.',
    }),
    answer: t.exposeString('answer', { nullable: true, description: 'The first 1024 bytes of that answer.' }),
    problem: t.exposeString('problem', { nullable: true, description: 'For people: why the last attempt failed.' }),
    tookMs: t.exposeInt('tookMs', { nullable: true, description: 'How long the last attempt took, in milliseconds.' }),
  }),
})
