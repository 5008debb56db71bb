import { Feed } from '../feed/feed.ts'
import { TokenBucket } from '../feed/pace.ts'
import { everyone } from '../local-signal.ts'
import { placeOf, type ClusterSample } from '../readers/cluster-samples.ts'
import type { WatchDeps } from './deps.ts'

/** The cluster in the last minutes, then as it goes on. A subscriber who is slow has as many before it as there are kept, and no more. */
export function watchSamples({ announcer, clock, logger, meter, state }: WatchDeps) {
  const feed = new Feed<ClusterSample>({
    load: async (keys) => state.samples().filter((sample) => keys.includes(placeOf(sample))),
    keyOf: placeOf,
    versionOf: ({ at }) => at,
    pace: new TokenBucket(clock, 1, 4),
    snapshotGapMs: 0,
    ...{ clock, logger, meter },
  })
  let toldAt = -Infinity
  announcer.on('stats', () => {
    const last = state.samples().at(-1)
    if (last === undefined || last.at === toldAt) return
    toldAt = last.at
    feed.notice(placeOf(last), [everyone])
  })
  return { all: () => feed.subscribe(everyone, async () => state.samples()) }
}
