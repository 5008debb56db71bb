import { adoptExpressions } from '../store/expressions/adopt-expressions.ts'
import { takeOverExpressions } from '../store/expressions/take-over-expressions.ts'
import { takeQueuedExpressions } from '../store/expressions/take-queued-expressions.ts'
import type { StartedExpression } from '../use-cases/scheduler-port.ts'
import type { CatchUp } from './catch-up.ts'
import type { SchedulerDeps } from './deps.ts'
import type { Ending } from './ending.ts'
import { inBackground } from './in-background.ts'
import { Loader } from './loader.ts'
import { OwnedExpression } from './owned-expression.ts'
import type { Recovery } from './recovery.ts'

/** The most tasks in memory at once; one takes some 350 bytes. */
const mostTasks = 500_000
/** The most expressions that one statement takes. */
const atATime = 100
const beforeAllIds = '00000000-0000-0000-0000-000000000000'

/** Takes in only what keeps the slots busy, so that memory is bounded whatever the backlog, and replicas balance by themselves. */
export class Intake {
  /** Whether there may be queued expressions; a look that finds none says so. */
  private backlog = true
  private looking = false
  /** While this replica asks for what it has lost sight of, nothing may become its own that it was not asked about. */
  private adopting = false
  private after = beforeAllIds
  /** What takes expressions goes one after the other, so that none is loaded twice. */
  private turn: Promise<unknown> = Promise.resolve()
  private readonly loader: Loader
  private readonly deps: SchedulerDeps
  private readonly recovery: Recovery
  private readonly catchUp: CatchUp

  constructor(deps: SchedulerDeps, recovery: Recovery, catchUp: CatchUp, ending: Ending) {
    this.deps = deps
    this.recovery = recovery
    this.catchUp = catchUp
    this.loader = new Loader(deps, ending)
  }

  /**
   * Reserves a place for an expression that is being submitted, if a slot here has use for it: everyone may have one, whoever else is
   * busy. `begin` or `dismiss` must follow.
   */
  admit(id: string, ownerId: string): boolean {
    const { state } = this.deps
    const slots = state.openSlots
    if (this.adopting || slots === 0 || state.ownedTasks >= mostTasks) return false
    if (state.queue.size + state.incoming.size >= slots && state.queue.sizeOf(ownerId) > 0) return false
    if (state.incoming.size >= slots) return false
    state.incoming.add(id)
    return true
  }

  /** Goes on with an expression that was admitted and is in the database. */
  begin(expression: StartedExpression): void {
    const { clock, state } = this.deps
    const isCancelled = state.incoming.isCancelled(expression.id)
    state.incoming.delete(expression.id)
    // Thought lost in the meantime, this replica may have taken it over from itself.
    if (isCancelled || state.owned.has(expression.id)) return
    const owned = new OwnedExpression({ ...expression, retryEpoch: 0 }, [], state.currentDurations, clock.now())
    state.own(owned)
    this.place(owned)
  }

  /** It was not inserted after all; or nobody knows, and then `adopt` finds it. */
  dismiss(id: string): void {
    this.deps.state.incoming.delete(id)
  }

  noticeBacklog(): void {
    this.backlog = true
    this.look()
  }

  /** Takes queued expressions in, if there is room. */
  look(): void {
    if (this.looking || !this.backlog) return
    this.looking = true
    inBackground(this.deps.logger, 'take queued expressions in', async () => {
      try {
        while (this.backlog && (await this.inTurn(() => this.takeQueued())));
      } finally {
        this.looking = false
      }
    })
  }

  /** Takes over what lost replicas have left. */
  takeOver(): Promise<void> {
    const { database, replicaId } = this.deps
    return this.inTurn(async () => {
      for (;;) {
        const rows = await takeOverExpressions(database.pool, replicaId, atATime)
        if (rows.length === 0) return
        const owned = await this.loader.load(rows)
        await this.recovery.add(owned)
        for (const expression of owned) await this.catchUp.endIfComplete(expression)
      }
    })
  }

  /** Takes up what is this replica's without its knowing: the answer to a statement was lost. */
  adopt(): Promise<void> {
    return this.inTurn(() => this.takeUpForgotten())
  }

  private inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = this.turn.then(run)
    this.turn = result.catch(() => {})
    return result
  }

  private async takeUpForgotten(): Promise<void> {
    const { database, logger, replicaId, state } = this.deps
    const known = [...state.owned.keys(), ...state.incoming.ids()]
    this.adopting = true
    const rows = await adoptExpressions(database.pool, replicaId, known).finally(() => (this.adopting = false))
    if (rows.length > 0)
      logger.warn({ expressions: rows.length }, 'took up expressions that this replica had lost sight of')
    for (const owned of await this.loader.load(rows)) this.place(owned)
  }

  /** Returns whether there may be more to take. */
  private async takeQueued(): Promise<boolean> {
    const { database, replicaId, state } = this.deps
    const slots = state.openSlots
    if (slots === 0 || state.ownedTasks >= mostTasks) return false
    const busyOwners = [...new Set([...state.owned.values()].map(({ ownerId }) => ownerId))]
    const onlyOthers = state.queue.size >= slots
    const limit = onlyOthers ? atATime : Math.min(atATime, slots - state.queue.size)
    const { after } = this
    this.backlog = false
    const taken = await takeQueuedExpressions(database.pool, { replicaId, limit, after, busyOwners, onlyOthers })
    for (const owned of await this.loader.load(taken.rows)) this.place(owned)
    this.after = taken.lastOwner ?? beforeAllIds
    const isRoundOver = taken.rows.length === 0 && after === beforeAllIds && taken.lastOwner === null
    // With the slots full only users who have nothing here are let in; the others are still there for later.
    if (!isRoundOver || onlyOthers) this.backlog = true
    return !isRoundOver
  }

  private place(owned: OwnedExpression): void {
    const { announcer, dispatcher, logger } = this.deps
    const ready = owned.graph.ready()
    for (const task of ready) dispatcher.enqueue(owned, task)
    announcer.announce({ kind: 'expression', id: owned.id, ownerId: owned.ownerId, row: owned.row })
    announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: ready })
    inBackground(logger, 'end an expression', () => this.catchUp.endIfComplete(owned))
  }
}
