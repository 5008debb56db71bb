import type { Webhook } from '../../generated/prisma/client.ts'
import type { WebhookEnd } from '../../domain/webhooks/event.ts'
import type { Database } from '../database.ts'

export interface NewWebhook {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly url: string
  readonly host: string
  readonly events: readonly WebhookEnd[]
}

/** Null where the user has as many as one may have. The row of the user is locked, so that the count is right. */
export async function insertWebhook(
  { prisma }: Database,
  { events, ...webhook }: NewWebhook,
  most: number,
): Promise<Webhook | null> {
  return prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT FROM user_account WHERE id = ${webhook.userId}::uuid FOR NO KEY UPDATE`
    if ((await transaction.webhook.count({ where: { userId: webhook.userId } })) >= most) return null
    return transaction.webhook.create({ data: { ...webhook, events: [...events] } })
  })
}
