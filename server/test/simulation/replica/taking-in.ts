import type { Ending } from '../../../src/scheduler/ending.ts'
import { Intake } from '../../../src/scheduler/intake.ts'
import { inBackground } from '../../../src/scheduler/in-background.ts'
import type { OwnedExpression } from '../../../src/scheduler/owned-expression.ts'
import { Recovery } from '../../../src/scheduler/recovery.ts'
import type { LogReader } from './log-reader.ts'
import type { Parts } from './parts.ts'
import type { ResumeWait } from './resume-wait.ts'

const atATime = 100
const beforeAllIds = '00000000-0000-0000-0000-000000000000'

/** Takes expressions in from the model of the store; admitting and beginning are the scheduler's own. */
export class TakingIn extends Intake {
  private hasBacklog = true
  private isLooking = false
  private isAdopting = false
  private afterOwner = beforeAllIds
  private lastTurn: Promise<unknown> = Promise.resolve()
  private readonly parts: Parts
  private readonly reader: LogReader
  private readonly wait: ResumeWait

  constructor(parts: Parts, reader: LogReader, wait: ResumeWait, ending: Ending) {
    super(parts.deps, new Recovery(parts.deps), reader, ending)
    this.parts = parts
    this.reader = reader
    this.wait = wait
  }

  override admit(id: string, ownerId: string): boolean {
    return !this.isAdopting && super.admit(id, ownerId)
  }

  override noticeBacklog(): void {
    this.hasBacklog = true
    this.look()
  }

  override look(): void {
    if (this.isLooking || !this.hasBacklog) return
    this.isLooking = true
    inBackground(this.parts.deps.logger, 'take queued expressions in', async () => {
      try {
        while (this.hasBacklog && (await this.oneAfterTheOther(() => this.takeSome())));
      } finally {
        this.isLooking = false
      }
    })
  }

  override takeOver(): Promise<void> {
    const { store, deps } = this.parts
    return this.oneAfterTheOther(async () => {
      for (;;) {
        const rows = await store.call(({ expressions }) => expressions.takeOver(deps.replicaId, atATime))
        if (rows.length === 0) return
        const owned = await this.reader.load(rows)
        await this.wait.add(owned)
        for (const expression of owned) await this.reader.endIfComplete(expression)
      }
    })
  }

  override adopt(): Promise<void> {
    const { store, deps } = this.parts
    return this.oneAfterTheOther(async () => {
      const known = [...deps.state.owned.keys(), ...deps.state.incoming.ids()]
      this.isAdopting = true
      const rows = await store
        .call(({ expressions }) => expressions.adopt(deps.replicaId, known))
        .finally(() => (this.isAdopting = false))
      for (const owned of await this.reader.load(rows)) this.placeReady(owned)
    })
  }

  private oneAfterTheOther<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = this.lastTurn.then(run)
    this.lastTurn = result.catch(() => {})
    return result
  }

  private async takeSome(): Promise<boolean> {
    const { store, deps } = this.parts
    const { state, replicaId } = deps
    const slots = state.openSlots
    if (slots === 0) return false
    const busyOwners = [...new Set([...state.owned.values()].map(({ ownerId }) => ownerId))]
    const onlyOthers = state.queue.size >= slots
    const limit = onlyOthers ? atATime : Math.min(atATime, slots - state.queue.size)
    const after = this.afterOwner
    this.hasBacklog = false
    const taken = await store.call(({ expressions }) =>
      expressions.takeQueued({ replicaId, limit, after, busyOwners, onlyOthers }),
    )
    for (const owned of await this.reader.load(taken.rows)) this.placeReady(owned)
    this.afterOwner = taken.lastOwner ?? beforeAllIds
    const isRoundOver = taken.rows.length === 0 && after === beforeAllIds && taken.lastOwner === null
    if (!isRoundOver || onlyOthers) this.hasBacklog = true
    return !isRoundOver
  }

  private placeReady(owned: OwnedExpression): void {
    const { announcer, dispatcher, logger } = this.parts.deps
    const ready = owned.graph.ready()
    for (const task of ready) dispatcher.enqueue(owned, task)
    announcer.announce({ kind: 'expression', id: owned.id, ownerId: owned.ownerId })
    announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: ready })
    inBackground(logger, 'end an expression', () => this.reader.endIfComplete(owned))
  }
}
