import { decodePlan } from '../../../src/domain/plan/plan-codec.ts'
import { TaskGraph } from '../../../src/domain/tasks/task-graph.ts'
import { viewTask, type ExpressionStanding, type TaskView } from '../../../src/domain/tasks/task-view.ts'
import type { Logger } from 'pino'
import type { Clock } from '../../../src/clock.ts'
import { silentMeter } from '../../../src/metering/meter.ts'
import type { Announcer } from '../../../src/realtime/announcer.ts'
import { Feed } from '../../../src/realtime/feed/feed.ts'
import type { SchedulerState } from '../../../src/scheduler/memory/state.ts'
import { TimeShare } from '../../../src/realtime/feed/time-share.ts'
import type { StoreModel } from '../../model/store-model.ts'
import type { ExpressionRow } from '../../model/rows.ts'
import type { StoreLink } from './store-link.ts'

/** An expression as clients see it. */
export interface WatchedExpression {
  readonly id: string
  readonly version: number
  readonly status: ExpressionRow['status']
  readonly result: string | null
  readonly succeeded: number
}

/** What was in the store of an expression's tasks, in one look. */
export function tasksInStore({ expressions }: StoreModel, expressionId: string): TaskView[] {
  const row = expressions.rows.get(expressionId)
  if (row === undefined) return []
  const graph = new TaskGraph(decodePlan(row.plan), expressions.log(expressionId), row.startedAt ?? 0)
  const standing = { id: expressionId, epoch: row.epoch, ended: endOf(row) }
  return [...graph.tasks.keys()].map((task) => viewTask(graph, task, standing))
}

function endOf({ status, failure }: ExpressionRow): ExpressionStanding['ended'] {
  if (failure !== null) return { kind: 'failed', ...failure, failedAt: null, elapsedMs: null }
  return status === 'CANCELLED' ? { kind: 'cancelled' } : null
}

type RowToWatch = Pick<ExpressionRow, 'id' | 'status' | 'result' | 'version' | 'completedTasks'>

const watched = ({ id, status, result, version }: RowToWatch, succeeded: number): WatchedExpression => ({
  ...{ id, status, result, succeeded, version: version * 2 ** 32 + succeeded },
})

export function expressionInStore({ expressions }: StoreModel, id: string): WatchedExpression | undefined {
  const row = expressions.rows.get(id)
  return row && watched(row, row.status === 'RUNNING' ? expressions.countResults(id) : row.completedTasks)
}

export interface WatchingOptions {
  readonly announcer: Announcer
  readonly clock: Clock
  readonly logger: Logger
  readonly state: SchedulerState
  readonly link: StoreLink
}

/** As `createLive`, of what the histories watch: the scheduler's own feeds, reading the model of the store. */
export class Watching {
  readonly expressions: Feed<WatchedExpression>
  readonly tasks: Feed<TaskView>
  private readonly options: WatchingOptions

  constructor(watching: WatchingOptions) {
    this.options = watching
    const { announcer, clock, logger } = watching
    const options = () => ({
      pace: new TimeShare(clock, 0.2, 1_000),
      snapshotGapMs: 100,
      clock,
      logger,
      meter: silentMeter,
    })
    this.expressions = new Feed({
      load: async (ids) => (await Promise.all(ids.map((id) => this.readExpression(id)))).flat(),
      keyOf: ({ id }) => id,
      versionOf: ({ version }) => version,
      ...options(),
    })
    this.tasks = new Feed({
      load: async (keys) => {
        const wanted = new Set(keys)
        const ids = [...new Set(keys.map((key) => key.split('/')[0] ?? ''))]
        const views = (await Promise.all(ids.map((id) => this.readTasks(id)))).flat()
        return views.filter((view) => wanted.has(taskKey(view)))
      },
      keyOf: taskKey,
      versionOf: ({ version }) => version,
      ...options(),
    })
    announcer.on('expression', ({ id }) => this.expressions.notice(id, [id]))
    announcer.on('tasks', ({ expressionId, tasks }) => {
      for (const index of tasks) this.tasks.notice(taskKey({ expressionId, index }), [expressionId])
    })
    const keysOfTasks = async (topic: string) => (await this.readTasks(topic)).map(taskKey)
    announcer.on('expressionRetried', ({ id }) => {
      this.expressions.notice(id, [id])
      void this.tasks.refresh(keysOfTasks, [id])
    })
    announcer.on('missed', () => {
      void this.expressions.refresh((topic) => Promise.resolve([topic]))
      void this.tasks.refresh(keysOfTasks)
    })
  }

  watchExpression(id: string): AsyncIterableIterator<WatchedExpression[]> {
    return this.expressions.subscribe(id, () => this.readExpression(id))
  }

  watchTasks(expressionId: string): AsyncIterableIterator<TaskView[]> {
    return this.tasks.subscribe(expressionId, () => this.readTasks(expressionId))
  }

  private async readExpression(id: string): Promise<WatchedExpression[]> {
    const { link, state } = this.options
    const row = await link.call(({ expressions }) => ({ ...expressions.rows.get(id) }) as Partial<RowToWatch>)
    if (!isComplete(row)) return []
    if (row.status !== 'RUNNING') return [watched(row, row.completedTasks)]
    const count = () => link.call(({ expressions }) => expressions.countResults(id))
    return [watched(row, state.succeededOf(id) ?? (await count()))]
  }

  private async readTasks(expressionId: string): Promise<TaskView[]> {
    const { link, state } = this.options
    const here = state.tasksOf(expressionId)
    if (here) return here
    const read = await link.call((store) => tasksInStore(store, expressionId))
    return state.tasksOf(expressionId) ?? read
  }
}

const isComplete = (row: Partial<RowToWatch>): row is RowToWatch => row.id !== undefined

const taskKey = ({ expressionId, index }: Pick<TaskView, 'expressionId' | 'index'>) => `${expressionId}/${index}`
