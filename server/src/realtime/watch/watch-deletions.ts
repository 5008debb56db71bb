import {
  listDeletedExpressions,
  loadDeletedExpressions,
  type DeletedExpression,
} from '../../store/expressions/deleted-expressions.ts'
import { Feed } from '../feed/feed.ts'
import { inBackground } from '../in-background.ts'
import { pacing, type WatchDeps } from './deps.ts'

/** A feed of what goes with an expression that is deleted. */
type Ending = Pick<Feed<never>, 'watchedTopics' | 'end'>

/** Expressions that were deleted, by owner. @param feeds of which subscriptions end with an expression */
export function watchDeletions(deps: WatchDeps, feeds: readonly Ending[]) {
  const { announcer, database, logger } = deps
  const feed = new Feed<DeletedExpression>({
    load: (ids) => loadDeletedExpressions(database.reads, ids),
    keyOf: ({ id }) => id,
    versionOf: () => 0,
    ...pacing(deps),
  })
  const list = (ownerId: string) => listDeletedExpressions(database.reads, ownerId)

  announcer.on('expressionDeleted', ({ id, ownerId }) => {
    feed.notice(id, [ownerId])
    for (const each of feeds) each.end(id)
  })
  announcer.on('missed', () => {
    void feed.refresh(async (ownerId) => (await list(ownerId)).map(({ id }) => id))
    inBackground(logger, 'look for missed deletions', async () => {
      const watched = feeds.flatMap((each) => each.watchedTopics())
      for (const { id } of await loadDeletedExpressions(database.reads, watched)) for (const each of feeds) each.end(id)
    })
  })

  return { ofOwner: (ownerId: string) => feed.subscribe(ownerId, () => list(ownerId)) }
}
