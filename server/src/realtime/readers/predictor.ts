import type { Clock } from '../../clock.ts'
import { decodePlan } from '../../domain/plan/plan-codec.ts'
import { remainingPathMs, totalDurationMs } from '../../domain/plan/plan-analysis.ts'
import { countTasks, reasonOf, type Prediction } from '../../domain/prediction/prediction.ts'
import { Simulation, type Foreseen } from '../../domain/prediction/simulation.ts'
import { timeAloneMs } from '../../domain/prediction/time-alone.ts'
import type { PendingTask, Workload } from '../../domain/prediction/workload.ts'
import { TaskGraph } from '../../domain/tasks/task-graph.ts'
import { groupBy } from '../../lists.ts'
import { Batcher } from '../../store/batcher.ts'
import type { Database } from '../../store/database.ts'
import { loadLogs } from '../../store/expressions/load-logs.ts'
import { countQueuedBefore } from '../../store/expressions/queued-before.ts'
import { SerialByKey } from '../../store/serial.ts'
import { Bucket } from '../feed/bucket.ts'
import { inParts } from '../in-parts.ts'
import type { LiveState, OwnedStanding } from '../live-state.ts'
import { atOnce, type Worker } from '../worker.ts'

/** Predictions take a tenth of the time at most, after so many milliseconds that are free. */
const share = 0.1
const burstMs = 300

/** Whoever asks for something, and the client on whose time it is worked out. */
interface Asker extends Worker {
  readonly client: string
}

/** An expression that has something to compute, wherever it is. */
type Pending = OwnedStanding & { readonly isQueued: boolean; readonly queuedBefore: number }

/**
 * Foresees when expressions will be finished. One is played at a time, in parts between which the event loop turns, and those who ask for
 * the same one meanwhile share it.
 */
export class Predictor {
  readonly #database: Database
  readonly #state: LiveState
  readonly #clock: Clock
  readonly #bucket: Bucket
  readonly #runs: Batcher<string, Prediction | null>
  readonly #alone = new SerialByKey()

  constructor(database: Database, state: LiveState, clock: Clock) {
    this.#database = database
    this.#state = state
    this.#clock = clock
    this.#bucket = new Bucket(clock, { size: burstMs, perMs: share })
    this.#runs = new Batcher(async (ids) => {
      const made = new Map<string, Prediction | null>()
      // Of those that are not here the plans are to be read first, which takes long: nobody waits for them who need not.
      const byPlace = groupBy(new Set(ids), (id) => (state.standingOf(id) ? 'here' : 'elsewhere'))
      for (const place of ['here', 'elsewhere'] as const)
        for (const id of byPlace.get(place) ?? []) made.set(id, await this.#predict(id))
      return ids.map((id) => made.get(id) ?? null)
    })
  }

  /** Null where there is nothing to foresee: it has ended, or never was. */
  predict(expressionId: string): Promise<Prediction | null> {
    return this.#runs.add(expressionId)
  }

  /** How long what is left of an expression takes on so many slots that do nothing else. Null where it has ended. */
  async timeAloneMs(expressionId: string, slots: number, asker: Asker): Promise<number | null> {
    // One at a time of each client: a large one that is not here takes megabytes.
    return this.#alone.run(asker.client, () => this.#timeAloneMs(expressionId, slots, asker))
  }

  async #timeAloneMs(expressionId: string, slots: number, worker: Worker): Promise<number | null> {
    const pending = await this.#find(expressionId, worker)
    if (pending === null) return null
    const { graph } = pending.expression
    const isKnown = (task: number) => graph.task(task).value !== null
    return inParts(timeAloneMs(graph.plan, this.#state.durations(), slots, isKnown), worker)
  }

  async #predict(expressionId: string): Promise<Prediction | null> {
    this.#bucket.fill()
    await this.#bucket.even()
    const began = this.#clock.now()
    const pending = await this.#find(expressionId, atOnce)
    if (pending === null) return null
    // It tells how things stand now, however long it took to read them.
    const madeAt = this.#clock.now()
    const workload = this.#workloadOf(pending)
    const foreseen = await inParts(new Simulation(pending.expression, workload).run())
    this.#bucket.spend(this.#clock.now() - began)
    return this.#told(expressionId, pending, foreseen, madeAt)
  }

  #told(expressionId: string, pending: Pending, foreseen: Foreseen | null, madeAt: number): Prediction {
    const { expression, retries, solitary, isQueued, isRecovering } = pending
    const counts = countTasks(expression, { retrying: retries.size, solitary })
    const before = foreseen?.before ?? { own: 0, others: 0 }
    const { slots } = this.#cluster()
    const at = (inMs: number | null | undefined) => (inMs == null ? null : madeAt + inMs)
    return {
      ...{ expressionId, madeAt, finishAt: at(foreseen?.finishInMs), counts, before, slots },
      waitsFor: reasonOf({ isQueued, isRecovering, slots, counts, before }),
      retryAt: retries.size === 0 ? null : Math.min(...retries.values()),
      nextSlotAt: at(foreseen?.nextSlotInMs),
    }
  }

  /**
   * What this replica has to compute, and what with. What another replica has to compute is not known here, only how many slots there are: busy ones
   * are taken for busy with the expression that is asked for, whose tasks that are out count as ready.
   */
  #workloadOf({ expression, isHere, queuedBefore }: Pending): Workload {
    const workload = this.#state.workload(expression)
    if (isHere) return workload
    const { graph, ownerId } = expression
    const ready = graph.ready().map((task): PendingTask => ({ expression, task }))
    const meanMs = totalDurationMs(graph.plan, workload.durations) / Math.max(1, graph.tasks.length)
    const own = { userId: ownerId, tasks: queuedBefore, totalMs: queuedBefore * meanMs }
    const busyElsewhere = this.#state.othersStats().reduce((busy, { busySlots }) => busy + busySlots, 0)
    return {
      ...workload,
      freeSlots: workload.freeSlots + busyElsewhere,
      waiting: [...workload.waiting, ...ready],
      bulks: [...workload.bulks, own],
    }
  }

  #cluster() {
    const all = [this.#state.stats(), ...this.#state.othersStats()]
    return { slots: all.reduce((total, { slots }) => total + slots, 0) }
  }

  async #find(expressionId: string, worker: Worker): Promise<Pending | null> {
    const owned = this.#state.standingOf(expressionId)
    if (owned) return { ...owned, isQueued: false, queuedBefore: 0 }
    const { reads, prisma } = this.#database
    const row = await prisma.expression.findUnique({
      where: { id: expressionId },
      select: { ownerId: true, plan: true, status: true, createdAt: true, startedAt: true },
    })
    if (row?.status !== 'QUEUED' && row?.status !== 'RUNNING') return null
    const isQueued = row.status === 'QUEUED'
    const [logs, queuedBefore] = await Promise.all([
      loadLogs(reads, [expressionId]),
      isQueued ? countQueuedBefore(reads, row.ownerId, expressionId) : 0,
    ])
    const plan = await worker.run(() => decodePlan(row.plan))
    const startedAt = (row.startedAt ?? row.createdAt).getTime()
    const graph = await worker.run(() => new TaskGraph(plan, logs.get(expressionId) ?? [], startedAt))
    const remainingMs = await worker.run(() => remainingPathMs(plan, this.#state.durations()))
    const expression = { ownerId: row.ownerId, graph, remainingMs, wants: () => true }
    return { expression, isHere: false, isRecovering: false, retries: new Map(), solitary: 0, isQueued, queuedBefore }
  }
}
