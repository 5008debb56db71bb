import { testEvent } from '../../domain/webhooks/event.ts'
import type { WebhookDelivery } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

/** Null where the webhook was tried so shortly before. */
export async function insertTestDelivery(
  { prisma }: Database,
  { id, webhookId, gapSeconds }: { readonly id: string; readonly webhookId: string; readonly gapSeconds: number },
): Promise<WebhookDelivery | null> {
  const data = JSON.stringify({ message: 'It works.' })
  const inserted = await prisma.$executeRaw`
    WITH locked AS (SELECT id FROM webhook WHERE id = ${webhookId}::uuid FOR NO KEY UPDATE)
    INSERT INTO webhook_delivery (id, webhook_id, event, data)
    SELECT ${id}::uuid, id, ${testEvent}, ${data}::json FROM locked
    WHERE NOT EXISTS (
      SELECT FROM webhook_delivery WHERE webhook_id = ${webhookId}::uuid AND event = ${testEvent}
        AND created_at > now() - make_interval(secs => ${gapSeconds}::double precision)
    )`
  return inserted === 0 ? null : prisma.webhookDelivery.findUnique({ where: { id } })
}

/** Lets a delivery be tried now, and has its attempts counted anew where it had come to its end. Null where it was tried so shortly before. */
export async function askRedelivery(
  { prisma }: Database,
  { id, gapSeconds }: { readonly id: string; readonly gapSeconds: number },
): Promise<WebhookDelivery | null> {
  const asked = await prisma.$executeRaw`
    UPDATE webhook_delivery SET next_attempt_at = now(), delivered_at = NULL, gives_up_at = now() + interval '26 hours',
      attempts = CASE WHEN next_attempt_at IS NULL THEN 0 ELSE attempts END
    WHERE id = ${id}::uuid AND (last_attempt_at IS NULL OR last_attempt_at < now() - make_interval(secs => ${gapSeconds}::double precision))`
  return asked === 0 ? null : prisma.webhookDelivery.findUnique({ where: { id } })
}
