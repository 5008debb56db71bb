import { inOrder } from '../../domain/operation.ts'
import type { Operation } from '../../generated/prisma/client.ts'
import { Feed } from '../feed/feed.ts'
import { everyone } from '../local-signal.ts'
import { pacing, type WatchDeps } from './deps.ts'

/** The operations with their durations, under one topic. */
export function watchOperations(deps: WatchDeps) {
  const { announcer, database } = deps
  const read = async () => inOrder(await database.prisma.operation.findMany({ orderBy: { name: 'asc' } }))
  const feed = new Feed<Operation>({
    load: read,
    keyOf: ({ name }) => name,
    versionOf: ({ version }) => version,
    ...pacing(deps),
  })

  announcer.on('operations', ({ kinds }) => {
    for (const name of kinds) feed.notice(name, [everyone])
  })
  announcer.on('missed', () => void feed.refresh(async () => (await read()).map(({ name }) => name)))

  return { read, all: () => feed.subscribe(everyone, read) }
}
