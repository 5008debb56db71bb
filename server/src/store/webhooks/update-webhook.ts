import type { WebhookEnd } from '../../domain/webhooks/event.ts'
import type { Webhook } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

/** What is absent or null stays. */
export interface WebhookChange {
  readonly name?: string | null | undefined
  readonly url?: string | null | undefined
  /** Of the URL. */
  readonly host?: string | undefined
  readonly events?: readonly WebhookEnd[] | null | undefined
  /** False also lets one go on that the server has disabled, and forgets what failed before. */
  readonly isPaused?: boolean | null | undefined
}

const fresh = {
  pausedAt: null,
  disabledAt: null,
  disabledReason: null,
  failures: 0,
  failingSince: null,
  resumesAt: null,
}

/** Changes a webhook of this user's; null where there is none. */
export async function updateWebhook(
  { prisma }: Database,
  { id, userId, now }: { readonly id: string; readonly userId: string; readonly now: Date },
  { name, url, host, events, isPaused }: WebhookChange,
): Promise<Webhook | null> {
  const { count } = await prisma.webhook.updateMany({
    where: { id, userId },
    data: {
      ...(name != null && { name }),
      ...(url != null && { url }),
      ...(host !== undefined && { host }),
      ...(events != null && { events: [...events] }),
      ...(isPaused === true && { pausedAt: now }),
      ...(isPaused === false && fresh),
    },
  })
  return count === 0 ? null : prisma.webhook.findUnique({ where: { id } })
}

/** The one that was, of this user's. Its deliveries go a while later: see `purgeDeliveries`. */
export async function deleteWebhook({ prisma }: Database, id: string, userId: string): Promise<Webhook | null> {
  const webhook = await prisma.webhook.findFirst({ where: { id, userId } })
  const { count } = await prisma.webhook.deleteMany({ where: { id, userId } })
  return count === 0 ? null : webhook
}
