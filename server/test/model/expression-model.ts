import type { Clock } from '../../src/clock.ts'
import type { Appended, Completion, NewResult } from '../../src/store/expressions/append-results.ts'
import type { StoredFailure } from '../../src/store/expressions/fail-expression.ts'
import type { NewFailedAttempt } from '../../src/store/expressions/failed-attempts.ts'
import type { LostOwnership } from '../../src/store/expressions/find-lost-ownership.ts'
import type { NewExpression } from '../../src/store/expressions/insert-expressions.ts'
import type { OwnedRow } from '../../src/store/expressions/owned-row.ts'
import type { Taken, Taking } from '../../src/store/expressions/take-queued-expressions.ts'
import { byAttempt, type AttemptRow, type DeletedRow, type ExpressionRow, type LogRow } from './rows.ts'

export type ModelOwnedRow = Pick<
  OwnedRow,
  'id' | 'ownerId' | 'plan' | 'status' | 'version' | 'epoch' | 'retryEpoch' | 'replicaId'
>

/**
 * What the store's SQL on expressions, their logs and their failed attempts is to do, said as plainly as can be: one map of rows, one
 * method a statement, each done at once. `store-model.test.ts` holds the SQL against it; the simulation runs on it.
 */
export class ExpressionModel {
  readonly rows = new Map<string, ExpressionRow>()
  /** By expression, then by task: the primary key. */
  readonly logs = new Map<string, Map<number, LogRow>>()
  /** By expression, task and attempt: the primary key. */
  readonly attempts = new Map<string, AttemptRow>()
  /** Deleted lately, by id. */
  readonly deleted = new Map<string, DeletedRow>()
  private readonly clock: Clock
  private readonly isReplica: (id: string | null) => boolean

  constructor(clock: Clock, isReplica: (id: string | null) => boolean) {
    this.clock = clock
    this.isReplica = isReplica
  }

  insert(expressions: readonly NewExpression[]): ReadonlySet<string> {
    const inserted = new Set<string>()
    for (const { id, ownerId, requestId, source, plan, operationCount, replicaId, result } of expressions) {
      const isTaken = [...this.rows.values()].some((row) => row.ownerId === ownerId && row.requestId === requestId)
      if (isTaken) continue
      const now = this.clock.now()
      this.rows.set(id, {
        ...{ id, ownerId, requestId, source, operationCount, replicaId, result },
        plan: JSON.parse(plan) as unknown,
        status: result !== null ? 'SUCCEEDED' : replicaId !== null ? 'RUNNING' : 'QUEUED',
        startedAt: replicaId !== null || result !== null ? now : null,
        finishedAt: result !== null ? now : null,
        epoch: replicaId !== null ? 1 : 0,
        ...{ failure: null, completedTasks: 0, purgedAt: null, version: 1, retryEpoch: 0 },
      })
      inserted.add(id)
    }
    return inserted
  }

  takeQueued({ replicaId, limit, after, busyOwners, onlyOthers }: Taking): Taken<ModelOwnedRow> {
    const queued = this.select(({ status }) => status === 'QUEUED')
    const isNext = (ownerId: string) => ownerId > after
    const owners = [...new Set(queued.map(({ ownerId }) => ownerId))].filter(isNext).sort().slice(0, 64)
    const wanted = owners.filter((ownerId) => !(onlyOthers && busyOwners.includes(ownerId)))
    const candidates = wanted.flatMap((ownerId) =>
      queued
        .filter((row) => row.ownerId === ownerId)
        .slice(0, onlyOthers ? 1 : limit)
        .map((row, turn) => ({ row, turn, isBusy: busyOwners.includes(ownerId) })),
    )
    candidates.sort((a, b) => Number(a.isBusy) - Number(b.isBusy) || a.turn - b.turn || byId(a.row, b.row))
    const taken = candidates.slice(0, limit).map(({ row }) => row)
    for (const row of taken) {
      this.own(row, replicaId)
      row.status = 'RUNNING'
      row.startedAt ??= this.clock.now()
    }
    return { rows: taken.sort(byId).map(toOwned), lastOwner: owners.at(-1) ?? null }
  }

  /** Which of those left behind come first is not said. @param ids to take these, where they are known */
  takeOver(replicaId: string, limit: number, ids?: readonly string[]): ModelOwnedRow[] {
    const lost = this.select((row) => row.status === 'RUNNING' && !this.isReplica(row.replicaId))
    const taken = (ids ? lost.filter(({ id }) => ids.includes(id)) : lost).slice(0, limit)
    for (const row of taken) this.own(row, replicaId)
    return taken.map(toOwned)
  }

  adopt(replicaId: string, known: readonly string[]): ModelOwnedRow[] {
    const forgotten = this.select((row) => this.isRunningAt(row, replicaId) && !known.includes(row.id))
    for (const row of forgotten) this.own(row, replicaId)
    return forgotten.map(toOwned)
  }

  release(replicaId: string): void {
    for (const row of this.select((row) => this.isRunningAt(row, replicaId))) row.replicaId = null
  }

  append(results: readonly NewResult[], completions: readonly Completion[]): Appended {
    const duplicates = new Set<number>()
    results.forEach((result, place) => {
      const log = this.logs.get(result.expressionId) ?? new Map<number, LogRow>()
      this.logs.set(result.expressionId, log)
      if (log.has(result.task)) duplicates.add(place)
      else log.set(result.task, result)
    })
    const completed = new Map<string, Date>()
    for (const { expressionId, epoch, result } of completions) {
      const row = this.rows.get(expressionId)
      if (row?.status !== 'RUNNING' || row.epoch !== epoch) continue
      this.end(row, { status: 'SUCCEEDED', result, completedTasks: row.operationCount })
      completed.set(expressionId, new Date(this.clock.now()))
    }
    return { duplicates, completed }
  }

  fail(id: string, epoch: number, failure: StoredFailure): boolean {
    const row = this.rows.get(id)
    if (row?.status !== 'RUNNING' || row.epoch !== epoch) return false
    this.end(row, { status: 'FAILED', failure, completedTasks: this.countResults(id) })
    return true
  }

  cancel(id: string): boolean {
    const row = this.rows.get(id)
    if (row === undefined || !isUnfinished(row)) return false
    this.end(row, { status: 'CANCELLED', completedTasks: this.countResults(id) })
    return true
  }

  retry(id: string): boolean {
    const row = this.rows.get(id)
    if (row?.status !== 'FAILED' || row.failure?.code !== 'ATTEMPTS_SPENT' || row.purgedAt !== null) return false
    const epoch = row.epoch + 1
    const begun = { status: 'QUEUED', failure: null, finishedAt: null, version: row.version + 1 } as const
    Object.assign(row, begun, { epoch, retryEpoch: epoch, completedTasks: this.countResults(id) })
    return true
  }

  delete(id: string): boolean {
    const row = this.rows.get(id)
    if (row === undefined) return false
    this.rows.delete(id)
    this.deleted.set(id, { id, ownerId: row.ownerId, deletedAt: this.clock.now(), row })
    return true
  }

  undelete(id: string): 'undeleted' | 'requestIdTaken' | 'gone' {
    const deleted = this.deleted.get(id)
    if (deleted === undefined) return 'gone'
    const { row } = deleted
    const { ownerId, requestId } = row
    if (this.select((other) => other.ownerId === ownerId && other.requestId === requestId).length > 0)
      return 'requestIdTaken'
    this.deleted.delete(id)
    this.rows.set(id, row)
    Object.assign(row, { version: row.version + 1, replicaId: null })
    if (row.finishedAt !== null) return 'undeleted'
    const epoch = row.epoch + 1
    Object.assign(row, { status: 'QUEUED', epoch, retryEpoch: epoch, completedTasks: this.countResults(id) })
    return 'undeleted'
  }

  forgetDeleted(olderThanSeconds: number): number {
    const oldest = this.clock.now() - olderThanSeconds * 1_000
    const old = [...this.deleted.values()].filter(({ deletedAt }) => deletedAt < oldest)
    for (const { id } of old) {
      this.deleted.delete(id)
      this.forgetWork(id)
    }
    return old.length
  }

  recordFailedAttempts(attempts: readonly NewFailedAttempt[]): void {
    for (const { startedAgoMs: _, ...attempt } of attempts) {
      const key = `${attempt.expressionId}:${attempt.task}:${attempt.attempt}`
      if (!this.attempts.has(key)) this.attempts.set(key, attempt)
    }
  }

  purge(retentionSeconds: number): number {
    const oldest = this.clock.now() - retentionSeconds * 1_000
    const old = this.select((row) => row.purgedAt === null && row.finishedAt !== null && row.finishedAt < oldest)
    for (const row of old) {
      this.forgetWork(row.id)
      row.purgedAt = this.clock.now()
      row.version++
    }
    return old.length
  }

  findLostOwnership(owned: readonly { readonly id: string; readonly epoch: number }[]): LostOwnership[] {
    return owned.flatMap(({ id, epoch }) => {
      const row = this.rows.get(id)
      if (row?.status === 'RUNNING' && row.epoch === epoch) return []
      return [{ id, ended: row?.status !== 'RUNNING' }]
    })
  }

  findByRequestId(ownerId: string, requestId: string): string | null {
    return this.select((row) => row.ownerId === ownerId && row.requestId === requestId)[0]?.id ?? null
  }

  isUnfinished(id: string, task: number, epoch = Infinity): boolean {
    const row = this.rows.get(id)
    return row !== undefined && task < row.operationCount && epoch >= row.retryEpoch && isUnfinished(row)
  }

  /** Children before parents. */
  log(id: string): LogRow[] {
    return [...(this.logs.get(id)?.values() ?? [])].sort((a, b) => a.task - b.task)
  }

  countResults(id: string): number {
    return this.logs.get(id)?.size ?? 0
  }

  failedAttempts(ids: readonly string[]): AttemptRow[] {
    return [...this.attempts.values()].filter(({ expressionId }) => ids.includes(expressionId)).sort(byAttempt)
  }

  private forgetWork(id: string): void {
    this.logs.delete(id)
    for (const [key, { expressionId }] of this.attempts) if (expressionId === id) this.attempts.delete(key)
  }

  /** In the order of their ids. */
  private select(isWanted: (row: ExpressionRow) => boolean): ExpressionRow[] {
    return [...this.rows.values()].filter(isWanted).sort(byId)
  }

  private isRunningAt({ status, replicaId }: ExpressionRow, id: string): boolean {
    return status === 'RUNNING' && replicaId === id
  }

  private own(row: ExpressionRow, replicaId: string): void {
    Object.assign(row, { replicaId, epoch: row.epoch + 1, version: row.version + 1 })
  }

  private end(row: ExpressionRow, end: Partial<ExpressionRow>): void {
    Object.assign(row, end, { finishedAt: this.clock.now(), version: row.version + 1, replicaId: null })
  }
}

const isUnfinished = ({ status }: ExpressionRow): boolean => status === 'QUEUED' || status === 'RUNNING'

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

/** What of an owner's row the model has. */
export const toOwned = ({ id, ownerId, plan, status, version, epoch, retryEpoch, replicaId }: ModelOwnedRow) => ({
  ...{ id, ownerId, plan, status, version, epoch, retryEpoch, replicaId },
})
