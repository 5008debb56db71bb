import { tooOldForPeers } from '../processes/node.ts'
import { findProgram, missingPackage } from './packages.ts'
import { reckon } from './reckon/reckon.ts'
import type { RunningSystem, System } from './system.ts'

/** Reckon first: the others are held against it. */
export const systems: readonly System[] = [
  reckon(1),
  reckon(2),
  reckon(1, 'traces'),
  reckon(1, 'metrics'),
  bullmq('always'),
  bullmq('everysec'),
  { ...peer('bullmq', { option: 'postgres' }), name: 'bullmq-postgres' },
  peer('dbos', { packageName: '@dbos-inc/dbos-sdk' }),
  peer('graphile-worker'),
  peer('pg-boss'),
]

/** @param appendfsync how long what Redis has acknowledged may stay in memory alone: never, or up to a second */
function bullmq(appendfsync: 'always' | 'everysec'): System {
  const noRedis = 'there is no redis-server: install it, `apt-get install redis-server` or `brew install redis`'
  const onRedis = peer('bullmq', { option: appendfsync })
  return {
    ...onRedis,
    name: `bullmq-${appendfsync}`,
    missing: () => onRedis.missing() ?? (findProgram('redis-server') === null ? noRedis : null),
  }
}

/** Where a peer's name does not say all: its package, and which of its kinds it is. */
interface PeerOptions {
  readonly packageName?: string
  readonly option?: string
}

/** Loaded when it is to run and by a name that is made up, so that nothing needs its package who does not run it. */
function peer(name: string, { packageName = name, option }: PeerOptions = {}): System {
  return {
    name,
    offers: [],
    missing: () => missingPackage(packageName) ?? tooOldForPeers(),
    async start(ledger, cleanUp) {
      const { start } = (await import(new URL(`../../peers/${name}/start.ts`, import.meta.url).href)) as PeerModule
      return start(ledger, cleanUp, option)
    },
  }
}

interface PeerModule {
  start(...parameters: [...Parameters<System['start']>, option: string | undefined]): Promise<RunningSystem>
}
