import type { Webhook } from '../../generated/prisma/client.ts'
import { Feed } from '../feed/feed.ts'
import { pacing, type WatchDeps } from './deps.ts'

/** Webhooks by their users: as they are set, and as something is sent to them. */
export function watchWebhooks(deps: WatchDeps) {
  const { announcer, database } = deps
  const feed = new Feed<Webhook>({
    load: (ids) => database.prisma.webhook.findMany({ where: { id: { in: [...ids] } } }),
    keyOf: ({ id }) => id,
    // What is read later is newer; there is nothing that comes by two ways.
    versionOf: () => 0,
    ...pacing(deps),
  })
  const list = (userId: string) => database.prisma.webhook.findMany({ where: { userId }, orderBy: { id: 'desc' } })

  for (const kind of ['webhookSet', 'webhookTried'] as const)
    announcer.on(kind, ({ id, userId }) => feed.notice(id, [userId]))
  announcer.on('missed', () => {
    void feed.refresh(async (userId) => (await list(userId)).map(({ id }) => id))
  })

  return { ofUser: (userId: string) => feed.subscribe(userId, () => list(userId)) }
}
