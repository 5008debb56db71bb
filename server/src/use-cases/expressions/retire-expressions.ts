import { pause } from '../../clock.ts'
import { retireExpressions } from '../../store/expressions/retire-expressions.ts'
import type { Services } from '../services.ts'

type Retirer = Pick<Services, 'announcer' | 'clock' | 'database' | 'environment' | 'logger' | 'meter'>

/** Between two batches: a database that does nothing else for minutes lets everybody wait. */
const gapMs = 50

/**
 * Deletes expressions that ended longer ago than EXPRESSION_RETENTION_SECONDS, with all that was computed of them: batch by batch, in turn with
 * whatever else changes many rows. See docs/decisions/0045.
 */
export async function retireOldExpressions(services: Retirer, isStopping: () => boolean): Promise<void> {
  const { announcer, clock, database, environment, logger, meter } = services
  const { EXPRESSION_RETENTION_SECONDS: seconds } = environment
  if (seconds === undefined) return
  let count = 0
  while (!isStopping()) {
    const retired = await database.bulk.ofAll.run(() => retireExpressions(database.pool, seconds))
    for (const { id, ownerId } of retired) announcer.broadcast({ kind: 'expressionDeleted', id, ownerId })
    meter.count('expressions_retired_total', '', retired.length)
    count += retired.length
    if (retired.length === 0) break
    await pause(clock, gapMs)
  }
  if (count > 0) logger.info({ expressions: count }, 'deleted expressions that ended long ago')
}
