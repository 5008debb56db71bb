import { Serial } from '../../store/serial.ts'
import type { StartedExpression } from '../../use-cases/scheduler-port.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import { inBackground } from '../../realtime/in-background.ts'
import { OwnedExpression } from '../memory/owned-expression.ts'
import type { Ending } from '../results/ending.ts'
import type { ForeignResults } from '../results/foreign-results.ts'
import type { OwnedRow } from '../../store/expressions/owned-row.ts'
import { loadOwned } from './loader.ts'
import type { Recovery } from './recovery.ts'

/** In memory at once; a task takes some 350 bytes. */
const maxTasks = 500_000
/** How many expressions one statement takes. */
const batchSize = 100
/** How long the intake rests after a look that failed. */
const restAfterFailureMs = 500
const beforeAllIds = '00000000-0000-0000-0000-000000000000'

/** One round through all users who have something queued; it may take many looks. See docs/decisions/0028. */
interface Round {
  /** The user where the last look ended. */
  after: string
  /** Whether users were passed over who have something here: the slots were full. */
  onlyOthers: boolean
  /** Whether anything was taken or queued since it began: then another is to follow. */
  hasNews: boolean
}

const newRound = (): Round => ({ after: beforeAllIds, onlyOthers: false, hasNews: false })

/** Whether it looks into the queue: see `Intake`. */
type Mode =
  { readonly kind: 'idle' } | { readonly kind: 'looking' } | { readonly kind: 'resting'; readonly until: number }

/**
 * Takes in only what keeps the slots busy, so that memory is bounded whatever the backlog, and replicas balance by themselves.
 *
 * The intake is always in one of these modes:
 *
 * - `idle`: nothing is queued, for all that is known, or there is no room. Word of a queued expression, and a slot that frees, make it look.
 * - `looking`: it takes expressions from the queue, look after look, while there is something to take and room for it.
 * - `resting`: a look failed. It is not idle again before its time, for every slot that frees and every submission would ask for a look.
 *
 * Whatever the mode, what brings expressions into memory (looks, taking over, adopting) goes one after the other.
 */
export class Intake {
  /** Whether there may be queued expressions; a round that finds none says so. */
  private backlog = true
  /** Whether there may be some of users who have nothing here: they are let in even where the slots are full. */
  private backlogOfOthers = true
  private round = newRound()
  private mode: Mode = { kind: 'idle' }
  /** While this replica asks for what it has lost sight of, nothing may become its own that it was not asked about. */
  private adopting = false
  /** Loads of expressions go one after the other, so that none is loaded twice. */
  private readonly loads = new Serial()
  private readonly deps: SchedulerDeps
  private readonly ending: Ending
  private readonly recovery: Recovery
  private readonly foreignResults: ForeignResults

  constructor(deps: SchedulerDeps, ending: Ending, recovery: Recovery, foreignResults: ForeignResults) {
    this.deps = deps
    this.ending = ending
    this.recovery = recovery
    this.foreignResults = foreignResults
  }

  /**
   * Reserves a place for an expression that is being submitted, if a slot here has use for it: everyone may have one, whoever else is
   * busy. `begin` or `dismiss` must follow.
   */
  admit(id: string, ownerId: string): boolean {
    const { state } = this.deps
    const slots = state.openSlots
    if (this.adopting || slots === 0 || state.ownedTasks >= maxTasks) return false
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

  /** The expression was not inserted after all; or nobody knows, and then `adopt` finds it. */
  dismiss(id: string): void {
    this.deps.state.incoming.delete(id)
  }

  /** @param ownerId whose expression was queued, where that is known */
  noticeBacklog(ownerId?: string): void {
    this.backlog = true
    this.round.hasNews = true
    this.noticeUser(ownerId)
    this.look()
  }

  /** An expression has left the memory of a replica. */
  noticeLeft(ownerId: string): void {
    this.noticeUser(ownerId)
    this.look()
  }

  /** Takes queued expressions in, if there is room. */
  look(): void {
    const { clock, logger } = this.deps
    if (this.mode.kind === 'looking' || !this.hasUse()) return
    if (this.mode.kind === 'resting' && clock.now() < this.mode.until) return
    this.mode = { kind: 'looking' }
    inBackground(logger, 'take queued expressions in', async () => {
      try {
        while (this.hasUse()) await this.loads.run(() => this.takeQueued())
        this.mode = { kind: 'idle' }
      } catch (error) {
        this.mode = { kind: 'resting', until: clock.now() + restAfterFailureMs }
        throw error
      }
    })
  }

  /** Takes over what lost replicas have left. */
  takeOver(): Promise<void> {
    const { meter, replicaId, store } = this.deps
    return this.loads.run(async () => {
      for (;;) {
        const rows = await store.ownership.takeOver(replicaId, batchSize)
        if (rows.length === 0) return
        meter.count('replica_takeovers_total', '', rows.length)
        await this.recovery.add(await loadOwned(this.deps, this.ending, rows))
      }
    })
  }

  /** Takes up what is this replica's without its knowing: the answer to a statement was lost. */
  adopt(): Promise<void> {
    return this.loads.run(() => this.takeUpForgotten())
  }

  private async takeUpForgotten(): Promise<void> {
    const { logger, replicaId, state, store } = this.deps
    const known = [...state.owned.keys(), ...state.incoming.ids()]
    this.adopting = true
    const rows = await store.ownership.adopt(replicaId, known).finally(() => (this.adopting = false))
    if (rows.length > 0)
      logger.warn({ expressions: rows.length }, 'took up expressions that this replica had lost sight of')
    await this.goOn(rows)
  }

  /** One look into the queue, of the round that is under way. */
  private async takeQueued(): Promise<void> {
    // Another may have had its turn in the meantime.
    if (!this.hasUse()) return
    const { replicaId, state, store } = this.deps
    const isFull = this.isFull()
    const limit = isFull ? batchSize : Math.min(batchSize, state.openSlots - state.queue.size)
    if (this.round.after === beforeAllIds) this.round = newRound()
    const { round } = this
    round.onlyOthers ||= isFull
    const taking = { replicaId, limit, after: round.after, busyOwners: state.users, onlyOthers: isFull }
    const { rows, lastOwner } = await store.ownership.takeQueued(taking)
    await this.goOn(rows)
    round.hasNews ||= rows.length > 0
    round.after = lastOwner ?? beforeAllIds
    if (lastOwner !== null || round.hasNews) return
    this.backlogOfOthers = false
    if (!round.onlyOthers) this.backlog = false
  }

  /** Whether there may be something to take, and room for it. */
  private hasUse(): boolean {
    const { state } = this.deps
    if (state.openSlots === 0 || state.ownedTasks >= maxTasks) return false
    return this.isFull() ? this.backlogOfOthers : this.backlog
  }

  /** Whether enough waits for the slots. */
  private isFull(): boolean {
    const { state } = this.deps
    return state.queue.size >= state.openSlots
  }

  private noticeUser(id?: string): void {
    if (id !== undefined && this.deps.state.hasUser(id)) return
    this.backlogOfOthers = true
    this.round.hasNews = true
  }

  /** Places what another replica has begun and let go, or this one has lost sight of; agents here may have returned results of it meanwhile. */
  private async goOn(rows: readonly OwnedRow[]): Promise<void> {
    const loaded = await loadOwned(this.deps, this.ending, rows)
    await Promise.all(loaded.map(({ id }) => this.foreignResults.settle(id)))
    for (const owned of loaded) this.place(owned)
  }

  private place(owned: OwnedExpression): void {
    const { announcer, dispatcher } = this.deps
    const ready = owned.graph.ready()
    for (const task of ready) dispatcher.enqueue(owned, task)
    announcer.announce({ kind: 'expression', id: owned.id, ownerId: owned.ownerId, row: owned.row })
    announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: ready })
  }
}
