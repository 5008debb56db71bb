import { loadEndedExpressions } from '../../store/expressions/load-ended-expressions.ts'
import { loadExpressions, loadNewestExpressions, type ExpressionRow } from '../../store/expressions/load-expressions.ts'
import { EntityCache } from '../entity-cache.ts'
import { Feed } from '../feed/feed.ts'
import { inBackground } from '../in-background.ts'
import type { ExpressionReader, ExpressionView } from '../readers/expression-reader.ts'
import { pacing, registering, type WatchDeps } from './deps.ts'

/** How long a replica may take to tell of a commit, in milliseconds, and some more. */
const hintDelayMs = 5_000

/** How many of the newest a subscriber to all of a user's expressions gets as a snapshot. */
const snapshotSize = 50

/** Expressions, one by its id or those of a user: their topics are both kinds of id. */
export function watchExpressions(deps: WatchDeps, expressions: ExpressionReader) {
  const { announcer, database, logger } = deps
  const rows = new EntityCache<ExpressionRow>({
    read: (ids) => loadExpressions(database.reads, ids),
    keyOf: ({ id }) => id,
    versionOf: ({ version }) => version,
    sizeOf: ({ source, result }) => 500 + source.length + (result?.length ?? 0),
  })
  const feed = new Feed<ExpressionView>({
    load: async (ids) => expressions.view(await rows.get(ids)),
    keyOf: ({ id }) => id,
    versionOf: expressions.versionOf,
    registrations: registering('expressions', deps, (topic, forMs) => refresh(forMs, [topic])),
    ...pacing(deps),
  })

  const notice = (id: string, topics: readonly string[], row?: ExpressionRow, when: 'now' | 'soon' = 'now') => {
    if (!topics.some((topic) => feed.isWatched(topic))) return
    if (row) rows.put(row)
    else rows.markDirty(id)
    feed.notice(id, topics, when)
  }
  announcer.on('expression', ({ id, ownerId, row, isProgress }) =>
    notice(id, [id, ownerId], row, isProgress ? 'soon' : 'now'),
  )
  announcer.on('expressionRetried', ({ id, ownerId }) => notice(id, [id, ownerId]))

  /** Oldest first, so that a client that puts each on top ends with the newest there. */
  const newestOf = async (ownerId: string) => {
    const newest = await loadNewestExpressions(database.reads, ownerId, snapshotSize)
    return expressions.view(newest.reverse().map((row) => rows.put(row)))
  }

  /** Reads anew what stands under these topics, and what has ended in the gap and is no longer among the newest. */
  const refresh = (forMs: number, topics = feed.watchedTopics()) => {
    inBackground(logger, 'look for missed ends', async () => {
      const ended = await loadEndedExpressions(database.reads, topics, forMs + hintDelayMs)
      for (const { id, ownerId } of ended) notice(id, [id, ownerId])
    })
    rows.markAllDirty()
    void feed.refresh(async (topic) => [topic, ...(await newestOf(topic)).map(({ id }) => id)], topics)
  }
  announcer.on('missed', ({ forMs }) => refresh(forMs))

  return {
    feed,
    one: (id: string) => feed.subscribe(id, async () => expressions.view(await rows.read([id]))),
    ofOwner: (ownerId: string) => feed.subscribe(ownerId, () => newestOf(ownerId)),
  }
}
