import { validate as isUuid } from 'uuid'
import { notFound, rateLimited, type NotFoundError, type RateLimitedError } from '../../domain/failure.ts'
import type { Webhook, WebhookDelivery } from '../../generated/prisma/client.ts'
import { askRedelivery, insertTestDelivery } from '../../store/webhooks/ask-delivery.ts'
import type { Services } from '../services.ts'

/** Between two tests of a webhook, or two tries of a delivery that somebody asks for. */
const gapSeconds = 2

const askedTooSoon = rateLimited(gapSeconds, 'It was sent a moment ago.')

const ownWebhook = ({ database }: Services, id: string, userId: string): Promise<Webhook | null> =>
  isUuid(id) ? database.prisma.webhook.findFirst({ where: { id, userId } }) : Promise.resolve(null)

/** Sends a webhook of this user's something that tells of no expression. */
export async function testWebhook(
  services: Services,
  webhookId: string,
  userId: string,
): Promise<WebhookDelivery | NotFoundError | RateLimitedError> {
  if ((await ownWebhook(services, webhookId, userId)) === null) return notFound('webhook')
  const { announcer, database, ids, webhooks } = services
  const delivery = await insertTestDelivery(database, { id: ids.next(), webhookId, gapSeconds })
  if (delivery === null) return askedTooSoon
  webhooks.wake()
  announcer.broadcast({ kind: 'webhookTried', id: webhookId, userId })
  return delivery
}

/** Sends a delivery again, under its own id, whatever became of it. */
export async function redeliver(
  services: Services,
  id: string,
  userId: string,
): Promise<WebhookDelivery | NotFoundError | RateLimitedError> {
  const { announcer, database, webhooks } = services
  const known = isUuid(id) ? await database.prisma.webhookDelivery.findUnique({ where: { id } }) : null
  if (known === null || (await ownWebhook(services, known.webhookId, userId)) === null) return notFound('delivery')
  const delivery = await askRedelivery(database, { id, gapSeconds })
  if (delivery === null) return askedTooSoon
  webhooks.wake()
  announcer.broadcast({ kind: 'webhookTried', id: known.webhookId, userId })
  return delivery
}
