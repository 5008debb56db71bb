import { NIL, validate as isUuid } from 'uuid'
import { webhookEnds } from '../domain/webhooks/event.ts'
import type { Webhook } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { checkedPage, costOfPage } from './cursor.ts'
import { WebhookDeliveryType } from './webhook-delivery.ts'

export const WebhookEndType = builder.enumType('WebhookEnd', {
  description: 'An end of an expression that a webhook is told.',
  values: webhookEnds,
})

export const WebhookType = builder.prismaNode('Webhook', {
  id: { field: 'id' },
  nullable: true,
  description: 'An address that is told, by a signed request, how expressions of its user end. See docs/webhooks.md.',
  findUnique: (id, { actor }) => (actor.kind === 'user' && isUuid(id) ? { id, userId: actor.userId } : { id: NIL }),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For people.' }),
    url: t.exposeString('url', { description: 'Where it leads.' }),
    events: t.field({
      type: [WebhookEndType],
      description: 'Which ends it is told.',
      resolve: ({ events }) => webhookEnds.filter((end) => events.includes(end)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    pausedAt: t.expose('pausedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when its user has paused it; null where it is not. What ends meanwhile is not told later.',
    }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when the server has disabled it, because nothing arrives; null where it is not.',
    }),
    disabledReason: t.exposeString('disabledReason', { nullable: true, description: 'For people: why.' }),
    failures: t.exposeInt('failures', { description: 'Attempts that failed since the last that did not.' }),
    resumesAt: t.expose('resumesAt', {
      type: 'DateTime',
      nullable: true,
      description: 'After many failures: before that nothing is tried.',
    }),
  }),
})

builder.prismaObjectField(WebhookType, 'deliveries', (t) =>
  t.prismaConnection(
    {
      type: WebhookDeliveryType,
      cursor: 'id',
      defaultSize: 20,
      maxSize: 100,
      description: 'What it was told and is to be told, newest first, for as long as RETENTION_SECONDS says.',
      complexity: costOfPage,
      resolve: (query, { id }, page, { services }) =>
        services.database.prisma.webhookDelivery.findMany({
          ...checkedPage(query, page),
          where: { webhookId: id },
          orderBy: { id: 'desc' },
        }),
    },
    { name: 'WebhookDeliveryConnection' },
    { name: 'WebhookDeliveryEdge' },
  ),
)

builder.queryField('webhooks', (t) =>
  t.prismaConnection(
    {
      type: WebhookType,
      nullable: true,
      cursor: 'id',
      defaultSize: 20,
      maxSize: 100,
      description: 'Yours, newest first.',
      authScopes: { read: true },
      complexity: costOfPage,
      resolve: (query, _root, page, { actor, services }) =>
        services.database.prisma.webhook.findMany({
          ...checkedPage(query, page),
          where: { userId: actor.kind === 'user' ? actor.userId : NIL },
          orderBy: { id: 'desc' },
        }),
    },
    { name: 'WebhookConnection' },
    { name: 'WebhookEdge' },
  ),
)

builder.subscriptionField('webhooksChanged', (t) =>
  t.field({
    type: [WebhookType],
    description: 'Yours, then each that is set, or is sent something.',
    complexity: { field: 1, multiplier: 10 },
    authScopes: { read: true },
    subscribe: (_root, _args, { actor, services }) =>
      services.live.watchWebhooksOf(actor.kind === 'user' ? actor.userId : NIL),
    resolve: (webhooks: Webhook[]) => webhooks,
  }),
)
