import type { Prediction } from '../../domain/prediction/prediction.ts'
import { Feed } from '../feed/feed.ts'
import { TokenBucket } from '../feed/pace.ts'
import type { Predictor } from '../readers/predictor.ts'
import type { WatchDeps } from './deps.ts'

/** How often a second at most: it is to be read by people. */
const perSecond = 2

/** When expressions will be finished, each a topic. Whatever happens in the cluster may change it. */
export function watchPredictions({ announcer, clock, logger, meter }: WatchDeps, predictor: Predictor) {
  const load = async (ids: readonly string[]) =>
    (await Promise.all(ids.map((id) => predictor.predict(id)))).filter((prediction) => prediction !== null)
  const feed: Feed<Prediction> = new Feed<Prediction>({
    load,
    keyOf: ({ expressionId }) => expressionId,
    versionOf: ({ madeAt }) => madeAt,
    pace: new TokenBucket(clock, 2, perSecond),
    snapshotGapMs: 0,
    ...{ clock, logger, meter },
  })
  announcer.on('expression', ({ id }) => feed.notice(id, [id]))
  for (const kind of ['stats', 'operations', 'missed'] as const)
    announcer.on(kind, () => {
      for (const id of feed.watchedTopics()) feed.notice(id, [id])
    })
  return { feed, of: (expressionId: string) => feed.subscribe(expressionId, () => load([expressionId])) }
}
