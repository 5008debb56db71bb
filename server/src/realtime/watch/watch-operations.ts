import type { Operation } from '../../generated/prisma/client.ts'
import { Feed } from '../feed/feed.ts'
import { everyone } from '../local-signal.ts'
import { pacing, type WatchDeps } from './deps.ts'

/** The operations with their durations, under one topic. */
export function watchOperations(deps: WatchDeps) {
  const { announcer, database } = deps
  const read = () => database.prisma.operation.findMany({ orderBy: { kind: 'asc' } })
  const feed = new Feed<Operation>({
    load: read,
    keyOf: ({ kind }) => kind,
    versionOf: ({ version }) => version,
    ...pacing(deps),
  })

  announcer.on('operations', ({ kinds }) => {
    for (const kind of kinds) feed.notice(kind, [everyone])
  })
  announcer.on('missed', () => void feed.refresh(async () => (await read()).map(({ kind }) => kind)))

  return { read, all: () => feed.subscribe(everyone, read) }
}
