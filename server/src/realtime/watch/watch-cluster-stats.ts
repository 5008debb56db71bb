import { Feed } from '../feed/feed.ts'
import { TokenBucket } from '../feed/pace.ts'
import { everyone } from '../local-signal.ts'
import { clusterStatsOf, type ClusterStats } from '../readers/cluster-stats.ts'
import type { WatchDeps } from './deps.ts'

/** The figures of the cluster, four times a second at most. After a gap there is nothing to read: they come again with the next heartbeat. */
export function watchClusterStats({ announcer, clock, logger, meter, state }: WatchDeps) {
  const read = () => clusterStatsOf(state.stats(), state.othersStats())
  const feed = new Feed<ClusterStats>({
    load: async () => [read()],
    keyOf: () => everyone,
    versionOf: () => 0,
    pace: new TokenBucket(clock, 1, 4),
    snapshotGapMs: 0,
    ...{ clock, logger, meter },
  })
  announcer.on('stats', () => feed.notice(everyone, [everyone]))
  return { read, all: () => feed.subscribe(everyone, async () => [read()]) }
}
