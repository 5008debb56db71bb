import type { Actor } from '../../domain/actor.ts'
import type { Failure } from '../../domain/failure.ts'
import type { ExpressionStatus } from '../../generated/prisma/client.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import { cancelExpressions } from '../../store/expressions/cancel-expressions.ts'
import { deleteExpressions } from '../../store/expressions/delete-expressions.ts'
import { retryExpressions } from '../../store/expressions/retry-expressions.ts'
import type { Services } from '../services.ts'
import { announceCancelled, cancelExpression } from './cancel-expression.ts'
import { auditDeletions } from './audit-deletions.ts'
import { deleteExpression } from './delete-expression.ts'
import { retryExpression } from './retry-expression.ts'
import { undeleteExpression } from './undelete-expression.ts'

/** What is done to many expressions. */
export interface BulkAction {
  /** Of which it is of any use; null for all. */
  readonly statuses: readonly ExpressionStatus[] | null
  /** Changes those of them that can be changed at once, and says how to tell of it. */
  change(services: Services, actor: Actor, ids: readonly string[]): Promise<Changed>
  /** The same to one, whatever there is to say of it; null where it is done. */
  one(services: Services, actor: Actor, id: string): Promise<Failure | null>
}

interface Changed {
  readonly ids: readonly string[]
  announce(announcer: Announcer): void
}

const failureOf = (outcome: object): Failure | null => ('kind' in outcome ? (outcome as Failure) : null)

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id)

export const cancelling: BulkAction = {
  statuses: ['QUEUED', 'RUNNING'],
  async change({ database, meter }, _actor, ids) {
    const rows = await cancelExpressions(database.pool, ids)
    meter.count('expressions_finished_total', 'CANCELLED', rows.length)
    return { ids: idsOf(rows), announce: (announcer) => rows.forEach((row) => announceCancelled(announcer, row)) }
  },
  one: async (services, actor, id) => failureOf(await cancelExpression(services, actor, id)),
}

export const deleting: BulkAction = {
  statuses: null,
  async change({ accounts, database }, actor, ids) {
    const rows = await deleteExpressions(database.pool, ids)
    auditDeletions(accounts.audit, actor, rows)
    return {
      ids: idsOf(rows),
      announce: (announcer) => rows.forEach((row) => announcer.broadcast({ kind: 'expressionDeleted', ...row })),
    }
  },
  one: async (services, actor, id) => failureOf(await deleteExpression(services, actor, id)),
}

export const retrying: BulkAction = {
  statuses: ['FAILED'],
  async change({ database }, _actor, ids) {
    const rows = await retryExpressions(database.pool, ids)
    return {
      ids: idsOf(rows),
      announce: (announcer) => rows.forEach((row) => announcer.broadcast({ kind: 'expressionRetried', ...row })),
    }
  },
  one: async (services, actor, id) => failureOf(await retryExpression(services, actor, id)),
}

/** Each moves a row by itself: its requestId may be taken. */
export const undeleting: BulkAction = {
  statuses: null,
  change: () => Promise.resolve({ ids: [], announce: () => {} }),
  one: undeleteExpression,
}
