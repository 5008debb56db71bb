import { deleteClosedUser, listClosedUsers } from '../../store/accounts/close-account.ts'
import { cancelExpressions } from '../../store/expressions/cancel-expressions.ts'
import { eraseDeleted, eraseExpressions, listUnfinishedOf } from '../../store/expressions/erase-expressions.ts'
import { announceCancelled } from '../expressions/cancel-expression.ts'
import type { Services } from '../services.ts'

/**
 * Deletes what closed accounts have, in small statements, and then the accounts. Begun when one is closed, and by a sweep where that was broken
 * off; two at once do not harm each other.
 */
export async function finishClosing(services: Closing, isStopping: () => boolean = () => false): Promise<void> {
  const { pool } = services.database
  for (const userId of await listClosedUsers(pool)) {
    await cancelAll(services, userId)
    await eraseAll(services, userId, isStopping)
    while (!isStopping() && (await eraseDeleted(pool, userId)) > 0);
    if (isStopping()) return
    await deleteClosedUser(pool, userId)
  }
}

type Closing = Pick<Services, 'database' | 'announcer'>

/** First, so that the agents are free for others. What somebody else is writing is erased in a moment all the same. */
async function cancelAll({ announcer, database: { pool } }: Closing, userId: string) {
  for (;;) {
    const cancelled = await cancelExpressions(pool, await listUnfinishedOf(pool, userId))
    if (cancelled.length === 0) return
    for (const expression of cancelled) announceCancelled(announcer, expression)
  }
}

async function eraseAll({ announcer, database: { pool } }: Closing, ownerId: string, isStopping: () => boolean) {
  while (!isStopping()) {
    const some = await eraseExpressions(pool, ownerId, 'some')
    const erased = some.length > 0 ? some : await eraseExpressions(pool, ownerId, 'one')
    if (erased.length === 0) return
    for (const id of erased) announcer.broadcast({ kind: 'expressionDeleted', id, ownerId })
  }
}
