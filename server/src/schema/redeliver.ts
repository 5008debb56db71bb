import { unauthenticated } from '../domain/failure.ts'
import { redeliver, testWebhook } from '../use-cases/webhooks/redeliver.ts'
import { builder } from './builder.ts'
import {
  ForbiddenErrorType,
  NotFoundErrorType,
  RateLimitedErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { localId } from './local-id.ts'
import { WebhookDeliveryType } from './webhook-delivery.ts'

const outcomes = [
  WebhookDeliveryType,
  NotFoundErrorType,
  RateLimitedErrorType,
  ForbiddenErrorType,
  UnauthenticatedErrorType,
]

const TestWebhookInput = builder.inputType('TestWebhookInput', { fields: (t) => ({ id: t.id() }) })

const TestWebhookResult = builder.unionType('TestWebhookResult', {
  types: outcomes,
  resolveType: resolveOutcome('WebhookDelivery'),
})

builder.mutationField('testWebhook', (t) =>
  t.field({
    type: TestWebhookResult,
    description: 'Sends a webhook of yours a `webhook.test`. How it went is in the delivery a moment later.',
    args: { input: t.arg({ type: TestWebhookInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, services }) =>
      actor.kind === 'user' ? testWebhook(services, localId(input.id, 'Webhook'), actor.userId) : unauthenticated,
  }),
)

const RedeliverInput = builder.inputType('RedeliverInput', { fields: (t) => ({ id: t.id() }) })

const RedeliverResult = builder.unionType('RedeliverResult', {
  types: outcomes,
  resolveType: resolveOutcome('WebhookDelivery'),
})

builder.mutationField('redeliver', (t) =>
  t.field({
    type: RedeliverResult,
    description: 'Sends a delivery of a webhook of yours again, under its own id, whatever became of it.',
    args: { input: t.arg({ type: RedeliverInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, services }) =>
      actor.kind === 'user' ? redeliver(services, localId(input.id, 'WebhookDelivery'), actor.userId) : unauthenticated,
  }),
)
