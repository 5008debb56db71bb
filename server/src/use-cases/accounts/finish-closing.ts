import { deleteClosedUser, listClosedUsers } from '../../store/accounts/close-account.ts'
import { cancelExpressions } from '../../store/expressions/cancel-expressions.ts'
import { eraseDeleted, eraseExpressions, listUnfinishedOf } from '../../store/expressions/erase-expressions.ts'
import { announceCancelled } from '../expressions/cancel-expression.ts'
import type { Services } from '../services.ts'

/**
 * Deletes what closed accounts have, in small statements, and then the accounts. Begun when one is closed, and by a sweep where that was broken
 * off; two at once do not harm each other.
 */
export async function finishClosing(services: Pick<Services, 'database' | 'announcer'>): Promise<void> {
  const { pool } = services.database
  for (const userId of await listClosedUsers(pool)) {
    await cancelAll(services, userId)
    await eraseAll(services, userId)
    while ((await eraseDeleted(pool, userId)) > 0);
    await deleteClosedUser(pool, userId)
  }
}

/** First, so that the agents are free for others. What somebody else is writing is erased in a moment all the same. */
async function cancelAll({ announcer, database: { pool } }: Pick<Services, 'database' | 'announcer'>, userId: string) {
  for (;;) {
    const cancelled = await cancelExpressions(pool, await listUnfinishedOf(pool, userId))
    if (cancelled.length === 0) return
    for (const expression of cancelled) announceCancelled(announcer, expression)
  }
}

async function eraseAll({ announcer, database: { pool } }: Pick<Services, 'database' | 'announcer'>, ownerId: string) {
  for (;;) {
    const some = await eraseExpressions(pool, ownerId, 'some')
    const erased = some.length > 0 ? some : await eraseExpressions(pool, ownerId, 'one')
    if (erased.length === 0) return
    for (const id of erased) announcer.broadcast({ kind: 'expressionDeleted', id, ownerId })
  }
}
