import { decodePlan } from '../domain/plan-codec.ts'
import { loadFailedAttempts } from '../store/expressions/failed-attempts.ts'
import { loadLogs } from '../store/expressions/load-logs.ts'
import type { OwnedRow } from '../store/expressions/owned-row.ts'
import { takeOverExpressions } from '../store/expressions/take-over-expressions.ts'
import { takeQueuedExpressions } from '../store/expressions/take-queued-expressions.ts'
import type { StartedExpression } from '../use-cases/scheduler-port.ts'
import type { CatchUp } from './catch-up.ts'
import type { SchedulerDeps } from './deps.ts'
import { OwnedExpression } from './owned-expression.ts'
import { persist } from './persist.ts'
import type { Recovery } from './recovery.ts'
import { claimHeld } from './resume.ts'

/** The most expressions in memory at once. */
const mostOwned = 2_000
/** The most that one statement takes. */
const atATime = 100
const beforeAllIds = '00000000-0000-0000-0000-000000000000'

/** Takes in only what keeps the slots busy, so that memory is bounded whatever the backlog, and replicas balance by themselves. */
export class Intake {
  /** Whether there may be queued expressions; a look that finds fewer than asked for says there are none. */
  private backlog = true
  private looking = false
  private after = beforeAllIds
  private readonly deps: SchedulerDeps
  private readonly recovery: Recovery
  private readonly catchUp: CatchUp

  constructor(deps: SchedulerDeps, recovery: Recovery, catchUp: CatchUp) {
    this.deps = deps
    this.recovery = recovery
    this.catchUp = catchUp
  }

  /** Whether one more expression of this user has work for a slot here; everyone may have one whoever else is busy. */
  hasRoomFor(ownerId: string): boolean {
    const { state } = this.deps
    const slots = state.openSlots
    if (slots === 0 || state.owned.size >= mostOwned) return false
    return state.queue.size < slots || state.queue.sizeOf(ownerId) === 0
  }

  /** Goes on with an expression that is this replica's from its submission on. */
  start(expression: StartedExpression): void {
    const { clock, state } = this.deps
    this.own(new OwnedExpression(expression, [], state.currentDurations, clock.now()))
  }

  noticeBacklog(): void {
    this.backlog = true
    this.look()
  }

  /** Takes queued expressions in, if there is room. */
  look(): void {
    if (this.looking || !this.backlog) return
    this.looking = true
    void this.takeQueued()
      .catch((error: unknown) => this.deps.logger.error({ err: error }, 'could not take queued expressions in'))
      .finally(() => (this.looking = false))
  }

  /** Takes over what lost replicas have left. */
  async takeOver(): Promise<void> {
    const { database, replicaId } = this.deps
    for (;;) {
      const rows = await takeOverExpressions(database.pool, replicaId, atATime)
      if (rows.length === 0) return
      const owned = await this.load(rows)
      for (const expression of owned) {
        this.deps.state.owned.set(expression.id, expression)
        claimHeld(this.deps, expression)
      }
      await this.recovery.add(owned)
      for (const expression of owned) await this.catchUp.endIfComplete(expression)
    }
  }

  private async takeQueued(): Promise<void> {
    const { database, replicaId, state } = this.deps
    for (;;) {
      const slots = state.openSlots
      const room = Math.min(atATime, mostOwned - state.owned.size)
      if (slots === 0 || room <= 0) return
      const busyOwners = [...new Set([...state.owned.values()].map(({ ownerId }) => ownerId))]
      const onlyOthers = state.queue.size >= slots
      const limit = onlyOthers ? room : Math.min(room, slots - state.queue.size)
      const { after } = this
      const rows = await takeQueuedExpressions(database.pool, { replicaId, limit, after, busyOwners, onlyOthers })
      for (const owned of await this.load(rows)) this.own(owned)
      this.after = rows.at(-1)?.ownerId ?? beforeAllIds
      if (rows.length === 0 && after === beforeAllIds) {
        if (!onlyOthers) this.backlog = false
        return
      }
    }
  }

  private async load(rows: readonly OwnedRow[]): Promise<OwnedExpression[]> {
    if (rows.length === 0) return []
    const { clock, database, logger, state } = this.deps
    const ids = rows.map(({ id }) => id)
    // They are this replica's already, so reading them must not be given up.
    const [logs, failedAttempts] = await persist(logger, 'read logs', () =>
      Promise.all([loadLogs(database.pool, ids), loadFailedAttempts(database.pool, ids)]),
    )
    const loaded = rows.map(({ plan, ...row }) => {
      const expression = { ...row, plan: decodePlan(plan) }
      return new OwnedExpression(expression, logs.get(row.id) ?? [], state.currentDurations, clock.now())
    })
    const byId = new Map(loaded.map((owned) => [owned.id, owned]))
    for (const { expressionId, task, attempt } of failedAttempts) {
      const owned = byId.get(expressionId)
      if (owned === undefined) continue
      owned.failures.set(task, (owned.failures.get(task) ?? 0) + 1)
      owned.graph.noteAttempt(task, attempt)
    }
    return loaded
  }

  private own(owned: OwnedExpression): void {
    const { announcer, dispatcher, state } = this.deps
    state.owned.set(owned.id, owned)
    claimHeld(this.deps, owned)
    for (const task of owned.graph.ready()) dispatcher.enqueue(owned, task)
    announcer.announce({ kind: 'expression', id: owned.id, ownerId: owned.ownerId })
    announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: owned.graph.ready() })
    void this.catchUp.endIfComplete(owned)
  }
}
