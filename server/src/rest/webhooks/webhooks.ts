import { notFound, unauthenticated } from '../../domain/failure.ts'
import { webhookEnds } from '../../domain/webhooks/event.ts'
import type { Webhook } from '../../generated/prisma/client.ts'
import { createWebhook, deleteWebhook, mostWebhooks, updateWebhook } from '../../use-cases/webhooks/webhooks.ts'
import { empty, json, refused } from '../answer.ts'
import * as contract from '../contract/webhook.ts'
import { isFailure } from '../failure.ts'
import { route } from '../route.ts'
import { idOf } from '../id.ts'

const path = '/webhooks/{id}'
export const idParameter = { name: 'id', in: 'path', description: 'Of the webhook, as it came with it.' } as const
export const notThere = 'There is none, or it is not yours.'

export const shownWebhook = (row: Webhook) => ({
  ...{ id: row.id, name: row.name, url: row.url, events: webhookEnds.filter((end) => row.events.includes(end)) },
  createdAt: row.createdAt.toISOString(),
  pausedAt: row.pausedAt?.toISOString() ?? null,
  ...{ disabledAt: row.disabledAt?.toISOString() ?? null, disabledReason: row.disabledReason },
  ...{ failures: row.failures, resumesAt: row.resumesAt?.toISOString() ?? null },
})

const listRoute = route({
  ...{ id: 'webhooks', method: 'GET', path: '/webhooks', scope: 'read', summary: 'Your webhooks' },
  description: `Newest first: all of them, which are ${mostWebhooks} at most.`,
  answers: { 200: { description: 'Those that you have.', schema: contract.webhooks } },
  async handle({ actor, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const where = { userId: actor.userId }
    const rows = await services.database.prisma.webhook.findMany({ where, orderBy: { id: 'desc' } })
    return json(200, { webhooks: rows.map(shownWebhook) })
  },
})

const createRoute = route({
  ...{ id: 'createWebhook', method: 'POST', path: '/webhooks', scope: 'submit', summary: 'Make a webhook' },
  description:
    'From now on the address is told how your expressions end, by signed requests. The secret is shown only here.',
  body: contract.newWebhook,
  answers: { 201: { description: 'It is made.', schema: contract.createdWebhook } },
  problems: { 422: `INVALID_INPUT, or TOO_MANY_WEBHOOKS where you have ${mostWebhooks}.` },
  async handle({ actor, address, body, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const outcome = await createWebhook(services, body, { userId: actor.userId, address })
    return isFailure(outcome)
      ? refused(outcome)
      : json(201, { ...shownWebhook(outcome.webhook), secret: outcome.secret })
  },
})

const readRoute = route({
  ...{ id: 'readWebhook', method: 'GET', path, scope: 'read', summary: 'One webhook' },
  parameters: [idParameter],
  answers: { 200: { description: 'As it is.', schema: contract.webhook } },
  problems: { 404: notThere },
  async handle({ actor, params, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const where = { id: idOf('Webhook', params['id']), userId: actor.userId }
    const row = await services.database.prisma.webhook.findFirst({ where })
    return row === null ? refused(notFound('webhook')) : json(200, shownWebhook(row))
  },
})

const updateRoute = route({
  ...{ id: 'updateWebhook', method: 'PATCH', path, scope: 'submit', summary: 'Change a webhook' },
  description: 'Or pause it, or let it go on.',
  parameters: [idParameter],
  body: contract.webhookChange,
  answers: { 200: { description: 'As it is now.', schema: contract.webhook } },
  problems: { 404: notThere, 422: 'INVALID_INPUT.' },
  async handle({ actor, address, body, params, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const outcome = await updateWebhook(services, idOf('Webhook', params['id']), body, {
      userId: actor.userId,
      address,
    })
    return isFailure(outcome) ? refused(outcome) : json(200, shownWebhook(outcome))
  },
})

const deleteRoute = route({
  ...{ id: 'deleteWebhook', method: 'DELETE', path, scope: 'submit', summary: 'Delete a webhook' },
  description: 'Nothing more is sent to it, what waits included.',
  parameters: [idParameter],
  answers: { 204: { description: 'It is gone.' } },
  problems: { 404: notThere },
  async handle({ actor, address, params, services }) {
    if (actor.kind !== 'user') return refused(unauthenticated)
    const outcome = await deleteWebhook(services, idOf('Webhook', params['id']), { userId: actor.userId, address })
    return isFailure(outcome) ? refused(outcome) : empty(204)
  },
})

export const webhookRoutes = [listRoute, createRoute, readRoute, updateRoute, deleteRoute]
