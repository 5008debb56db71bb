import { loadEndedExpressions } from '../../store/expressions/load-ended-expressions.ts'
import type { ExpressionRow } from '../../store/expressions/load-expressions.ts'
import { Feed } from '../feed/feed.ts'
import { inBackground } from '../in-background.ts'
import type { ExpressionReader, ExpressionView } from '../readers/expression-reader.ts'
import { pacing, registering, type WatchDeps } from './deps.ts'

/** How long a replica may take to tell of a commit, in milliseconds, and some more. */
const hintDelayMs = 5_000

/** Expressions, one by its id or those of a user: their topics are both kinds of id. */
export function watchExpressions(deps: WatchDeps, expressions: ExpressionReader) {
  const { announcer, database, logger } = deps
  const feed = new Feed<ExpressionView, ExpressionRow>({
    load: (ids, known) => expressions.byId(ids, known),
    keyOf: ({ id }) => id,
    versionOf: expressions.versionOf,
    versionOfKnown: ({ version }) => version,
    registrations: registering('expressions', deps, (topic, forMs) => refresh(forMs, [topic])),
    ...pacing(deps),
  })

  announcer.on('expression', ({ id, ownerId, row, isProgress }) =>
    feed.notice(id, [id, ownerId], row, isProgress ? 'soon' : 'now'),
  )
  announcer.on('expressionRetried', ({ id, ownerId }) => feed.notice(id, [id, ownerId]))

  /** Reads anew what stands under these topics, and what has ended in the gap and is no longer among the newest. */
  const refresh = (forMs: number, topics = feed.watchedTopics()) => {
    inBackground(logger, 'look for missed ends', async () => {
      const ended = await loadEndedExpressions(database.reads, topics, forMs + hintDelayMs)
      for (const { id, ownerId } of ended) feed.notice(id, [id, ownerId])
    })
    void feed.refresh(async (topic) => [topic, ...(await expressions.newestOf(topic)).map(({ id }) => id)], topics)
  }
  announcer.on('missed', ({ forMs }) => refresh(forMs))

  return {
    feed,
    one: (id: string) => feed.subscribe(id, () => expressions.byId([id])),
    ofOwner: (ownerId: string) => feed.subscribe(ownerId, () => expressions.newestOf(ownerId)),
  }
}
