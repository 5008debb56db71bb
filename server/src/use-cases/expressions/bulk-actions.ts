import type { Pool } from 'pg'
import type { Actor } from '../../domain/actor.ts'
import type { Failure } from '../../domain/failure.ts'
import type { ExpressionStatus } from '../../generated/prisma/client.ts'
import { cancelExpressions } from '../../store/expressions/cancel-expressions.ts'
import { deleteExpressions } from '../../store/expressions/delete-expressions.ts'
import { loadDeletedExpressions } from '../../store/expressions/deleted-expressions.ts'
import { findDeletedForBulk, findForBulk, type BulkRow } from '../../store/expressions/find-for-bulk.ts'
import { retryExpressions } from '../../store/expressions/retry-expressions.ts'
import { undeleteExpressions } from '../../store/expressions/undelete-expressions.ts'
import type { Services } from '../services.ts'
import { auditOfOthers } from './audit-of-others.ts'
import {
  answersOf,
  done,
  explanations,
  failureOf,
  triedAlone,
  viewsOf,
  visibleOf,
  type Answers,
} from './bulk-answers.ts'
import { announceCancelled, cancelExpression, isUnfinished, tellEnd } from './cancel-expression.ts'
import { announceDeleted, deleteExpression } from './delete-expression.ts'
import { isRetryable, retryExpression, tellStanding } from './retry-expression.ts'
import { announceUndeleted, requestIdTaken, undeleteExpression } from './undelete-expression.ts'

/** What is done to many expressions. */
export interface BulkAction {
  /** Of which it is of any use; null for all. */
  readonly statuses: readonly ExpressionStatus[] | null
  /** Of these ids, those of what it can be done to. */
  find(pool: Pool, ids: readonly string[]): Promise<BulkRow[]>
  /** Changes those of them that can be changed at once. */
  change(services: Services, actor: Actor, ids: readonly string[]): Promise<Answers>
  /** Says why others were not. What it leaves out somebody else was writing. */
  explain(services: Services, actor: Actor, ids: readonly string[]): Promise<Answers>
  /** The same to one, whatever there is to say of it; null where it is done. */
  one(services: Services, actor: Actor, id: string): Promise<Failure | null>
}

export const cancelling: BulkAction = {
  statuses: ['QUEUED', 'RUNNING'],
  find: findForBulk,
  async change({ accounts, announcer, database, meter }, actor, ids) {
    const rows = await cancelExpressions(database.pool, ids)
    auditOfOthers(accounts.audit, 'EXPRESSIONS_CANCELLED', actor, rows)
    meter.count('expressions_finished_total', 'CANCELLED', rows.length)
    return answersOf(rows, (row) => announceCancelled(announcer, row))
  },
  async explain(services, actor, ids) {
    const views = await viewsOf(services, actor, ids)
    const known = views.map(
      (view) => [view.id, isUnfinished(view) ? null : () => failureOf(tellEnd(services.announcer, view))] as const,
    )
    return explanations(ids, new Map(known))
  },
  one: async (services, actor, id) => failureOf(await cancelExpression(services, actor, id)),
}

export const deleting: BulkAction = {
  statuses: null,
  find: findForBulk,
  async change({ accounts, announcer, database }, actor, ids) {
    const rows = await deleteExpressions(database.pool, ids)
    auditOfOthers(accounts.audit, 'EXPRESSIONS_DELETED', actor, rows)
    return answersOf(rows, (row) => announceDeleted(announcer, row))
  },
  async explain(services, actor, ids) {
    const { pool } = services.database
    const present = await visibleOf(services, actor, await findForBulk(pool, ids))
    const deleted = await visibleOf(services, actor, await loadDeletedExpressions(pool, ids))
    const before = answersOf(deleted, (row) => announceDeleted(services.announcer, row))
    return explanations(ids, new Map([...triedAlone(present), ...before]))
  },
  one: async (services, actor, id) => failureOf(await deleteExpression(services, actor, id)),
}

export const retrying: BulkAction = {
  statuses: ['FAILED'],
  find: findForBulk,
  async change({ announcer, database }, _actor, ids) {
    const rows = await retryExpressions(database.pool, ids)
    return answersOf(rows, (row) => announcer.broadcast({ kind: 'expressionRetried', ...row }))
  },
  async explain(services, actor, ids) {
    const views = await viewsOf(services, actor, ids)
    const known = views.map(
      (view) => [view.id, isRetryable(view) ? null : () => failureOf(tellStanding(services.announcer, view))] as const,
    )
    return explanations(ids, new Map(known))
  },
  one: async (services, actor, id) => failureOf(await retryExpression(services, actor, id)),
}

export const undeleting: BulkAction = {
  statuses: null,
  find: findDeletedForBulk,
  async change({ announcer, database }, _actor, ids) {
    const outcome = await undeleteExpressions(database.pool, ids)
    const refused = outcome.requestIdTaken.map((id) => [id, () => requestIdTaken] as const)
    return new Map([...refused, ...answersOf(outcome.undeleted, (row) => announceUndeleted(announcer, row))])
  },
  async explain(services, actor, ids) {
    const { pool } = services.database
    const deleted = await visibleOf(services, actor, await findDeletedForBulk(pool, ids))
    const present = await visibleOf(services, actor, await findForBulk(pool, ids))
    return explanations(ids, new Map([...triedAlone(deleted), ...present.map(({ id }) => [id, done] as const)]))
  },
  one: undeleteExpression,
}
