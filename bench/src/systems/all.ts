import { findProgram, missingPackage } from './packages.ts'
import { reckon } from './reckon/reckon.ts'
import type { RunningSystem, System } from './system.ts'

/** Reckon first: the others are held against it. */
export const systems: readonly System[] = [
  reckon(1),
  reckon(2),
  bullmq('always'),
  bullmq('everysec'),
  peer('graphile-worker'),
  peer('pg-boss'),
]

/** @param appendfsync how long what Redis has acknowledged may stay in memory alone: never, or up to a second */
function bullmq(appendfsync: 'always' | 'everysec'): System {
  const noRedis = 'there is no redis-server: install it, `apt-get install redis-server` or `brew install redis`'
  return {
    ...peer('bullmq', appendfsync),
    name: `bullmq-${appendfsync}`,
    missing: () => missingPackage('bullmq') ?? (findProgram('redis-server') === null ? noRedis : null),
  }
}

/** Loaded when it is to run and by a name that is made up, so that nothing needs its package who does not run it. */
function peer(name: string, option?: string): System {
  return {
    name,
    offers: [],
    missing: () => missingPackage(name),
    async start(ledger, cleanUp) {
      const { start } = (await import(new URL(`../../peers/${name}/start.ts`, import.meta.url).href)) as PeerModule
      return start(ledger, cleanUp, option)
    },
  }
}

interface PeerModule {
  start(...parameters: [...Parameters<System['start']>, option: string | undefined]): Promise<RunningSystem>
}
