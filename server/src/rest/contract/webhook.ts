import { z } from 'zod'
import { webhookEnds } from '../../domain/webhooks/event.ts'
import { deliveryStates } from '../../use-cases/webhooks/delivery-state.ts'

const time = () => z.iso.datetime()
const ends = z.array(z.enum(webhookEnds)).describe('Which ends of expressions it is told.')

export const newWebhook = z
  .strictObject({
    name: z.string().describe('For people, 1 to 100 characters.'),
    url: z.string().describe('By https, to a public address, unless the operator allows others.'),
    events: ends.optional().describe('Which ends of expressions it is told: all unless told.'),
  })
  .meta({ id: 'NewWebhook' })

export const webhookChange = z
  .strictObject({
    name: z.string().optional(),
    url: z.string().optional(),
    events: ends.optional(),
    isPaused: z.boolean().optional().describe('False also lets it go on where the server had disabled it.'),
  })
  .meta({ id: 'WebhookChange', description: 'What is left out stays.' })

export const webhook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string(),
    events: ends,
    createdAt: time(),
    pausedAt: time().nullable().describe('Since when its user has paused it.'),
    disabledAt: time().nullable().describe('Since when the server has disabled it, because nothing arrives.'),
    disabledReason: z.string().nullable(),
    failures: z.int().describe('Attempts that failed since the last that did not.'),
    resumesAt: time().nullable().describe('After many failures: before that nothing is tried.'),
  })
  .meta({ id: 'Webhook' })

export const createdWebhook = z
  .object({ ...webhook.shape, secret: z.string().describe('`whsec_…`, shown only here.') })
  .meta({ id: 'CreatedWebhook' })

export const webhooks = z.object({ webhooks: z.array(webhook) }).meta({ id: 'Webhooks' })

export const delivery = z
  .object({
    id: z.uuid().describe('What `webhook-id` says: the same at each attempt.'),
    webhookId: z.uuid(),
    event: z
      .string()
      .describe('`expression.succeeded`, `expression.failed`, `expression.cancelled` or `webhook.test`.'),
    expressionId: z.uuid().nullable(),
    state: z.enum(deliveryStates),
    createdAt: time(),
    attempts: z.int(),
    nextAttemptAt: time().nullable(),
    lastAttemptAt: time().nullable(),
    deliveredAt: time().nullable(),
    answerStatus: z.int().nullable().describe('Of the last attempt.'),
    answer: z.string().nullable().describe('The first 1024 bytes of that answer.'),
    problem: z.string().nullable().describe('Why the last attempt failed.'),
    tookMs: z.int().nullable(),
  })
  .meta({ id: 'WebhookDelivery' })

export const deliveries = z.object({ deliveries: z.array(delivery) }).meta({ id: 'WebhookDeliveries' })
