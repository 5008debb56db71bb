import { z } from 'zod'
import { notFound, unauthenticated } from '../../domain/failure.ts'
import type { WebhookDelivery } from '../../generated/prisma/client.ts'
import { deliveryState } from '../../use-cases/webhooks/delivery-state.ts'
import { redeliver, testWebhook } from '../../use-cases/webhooks/redeliver.ts'
import { json, refused } from '../answer.ts'
import * as contract from '../contract/webhook.ts'
import { isFailure } from '../failure.ts'
import { wholeNumber } from '../parameters.ts'
import { route } from '../route.ts'
import { idOf } from '../id.ts'
import { idParameter, notThere } from './webhooks.ts'

const maxPage = 100
const defaultPage = 20

const shownDelivery = (row: WebhookDelivery) => ({
  ...{ id: row.id, webhookId: row.webhookId, event: row.event, expressionId: row.expressionId },
  state: deliveryState(row),
  createdAt: row.createdAt.toISOString(),
  attempts: row.attempts,
  nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
  deliveredAt: row.deliveredAt?.toISOString() ?? null,
  ...{ answerStatus: row.answerStatus, answer: row.answer, problem: row.problem, tookMs: row.tookMs },
})

const listRoute = route({
  ...{ id: 'webhookDeliveries', method: 'GET', path: '/webhooks/{id}/deliveries', scope: 'read' },
  summary: 'What a webhook was told',
  description: 'And is to be told, newest first. `Link` tells where the next page is.',
  parameters: [idParameter],
  query: z.strictObject({
    limit: wholeNumber(1, maxPage).optional().describe(`How many, ${defaultPage} unless told, at most ${maxPage}.`),
    after: z.uuid().optional().describe('The delivery behind which to go on.'),
  }),
  answers: { 200: { description: 'A page of them.', schema: contract.deliveries, headers: ['Link'] } },
  problems: { 404: notThere },
  async handle({ actor, base, params, query: { limit = defaultPage, after }, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const { webhook, webhookDelivery } = services.database.prisma
    const webhookId = idOf('Webhook', params['id'])
    if ((await webhook.count({ where: { id: webhookId, userId: actor.userId } })) === 0)
      return refused(notFound('webhook'))
    const rows = await webhookDelivery.findMany({
      where: { webhookId, ...(after !== undefined && { id: { lt: after } }) },
      orderBy: { id: 'desc' },
      take: limit + 1,
    })
    const shown = rows.slice(0, limit)
    const next = `${base}/webhooks/${webhookId}/deliveries?limit=${limit}&after=${shown.at(-1)?.id ?? ''}`
    return json(
      200,
      { deliveries: shown.map(shownDelivery) },
      rows.length > limit ? { Link: `<${next}>; rel="next"` } : {},
    )
  },
})

const tooSoon = 'It was sent a moment ago.'

const testRoute = route({
  ...{ id: 'testWebhook', method: 'POST', path: '/webhooks/{id}/test', scope: 'submit', summary: 'Try a webhook' },
  description: 'Sends it a `webhook.test`. How it went is in its deliveries a moment later.',
  parameters: [idParameter],
  answers: { 202: { description: 'It is to be sent.', schema: contract.delivery } },
  problems: { 404: notThere, 429: tooSoon },
  async handle({ actor, params, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const outcome = await testWebhook(services, idOf('Webhook', params['id']), actor.userId)
    return isFailure(outcome) ? refused(outcome) : json(202, shownDelivery(outcome))
  },
})

const redeliverRoute = route({
  ...{ id: 'redeliver', method: 'POST', path: '/webhook-deliveries/{id}/redeliver', scope: 'submit' },
  summary: 'Send a delivery again',
  description: 'Under its own id, whatever became of it.',
  parameters: [{ ...idParameter, description: 'Of the delivery.' }],
  answers: { 202: { description: 'It is to be sent.', schema: contract.delivery } },
  problems: { 404: notThere, 429: tooSoon },
  async handle({ actor, params, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const outcome = await redeliver(services, idOf('WebhookDelivery', params['id']), actor.userId)
    return isFailure(outcome) ? refused(outcome) : json(202, shownDelivery(outcome))
  },
})

export const deliveryRoutes = [listRoute, testRoute, redeliverRoute]
