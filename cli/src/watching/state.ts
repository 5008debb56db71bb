import type { ConnectionState } from '../connection/live.ts'
import type { ExpressionStatus } from '../graphql.ts'
import type { ExpressionView, PredictionView, TaskView } from './documents.ts'

export interface ShownTask extends TaskView {
  /** By this machine's clock: the server's may be another. */
  readonly seenRunningAt: number | undefined
}

/** All that is known of an expression that is watched. */
export interface WatchState {
  readonly expression: ExpressionView
  /** By index. */
  readonly tasks: ReadonlyMap<number, ShownTask>
  readonly prediction: PredictionView | undefined
  /** How long the prediction says that it takes yet, from when it came. */
  readonly foreseen: { readonly restMs: number; readonly at: number } | undefined
  readonly connection: ConnectionState
}

export type WatchEvent =
  | { readonly kind: 'expression'; readonly expression: ExpressionView }
  | { readonly kind: 'tasks'; readonly tasks: readonly TaskView[]; readonly at: number }
  | { readonly kind: 'prediction'; readonly prediction: PredictionView; readonly at: number }
  | { readonly kind: 'connection'; readonly connection: ConnectionState }

export const watchStateOf = (expression: ExpressionView): WatchState => ({
  expression,
  tasks: new Map(),
  prediction: undefined,
  foreseen: undefined,
  connection: { kind: 'connected' },
})

/** What is known after an event. Of two payloads of an entity the one with the higher version is the newer. */
export function withEvent(state: WatchState, event: WatchEvent): WatchState {
  switch (event.kind) {
    case 'expression':
      return event.expression.version < state.expression.version ? state : { ...state, expression: event.expression }
    case 'tasks':
      return { ...state, tasks: withTasks(state.tasks, event.tasks, event.at) }
    case 'prediction':
      return { ...state, prediction: event.prediction, foreseen: foreseenBy(event.prediction, event.at) }
    case 'connection':
      return { ...state, connection: event.connection }
    default:
      return event satisfies never
  }
}

function withTasks(
  before: ReadonlyMap<number, ShownTask>,
  changed: readonly TaskView[],
  at: number,
): ReadonlyMap<number, ShownTask> {
  const tasks = new Map(before)
  for (const task of changed) {
    const known = tasks.get(task.index)
    if (known && known.version > task.version) continue
    const goesOn = known?.isRunning === true && known.attempt === task.attempt
    tasks.set(task.index, { ...task, seenRunningAt: task.isRunning ? (goesOn ? known.seenRunningAt : at) : undefined })
  }
  return tasks
}

function foreseenBy(prediction: PredictionView, at: number): WatchState['foreseen'] {
  if (!prediction?.finishAt) return undefined
  return { restMs: Date.parse(prediction.finishAt) - Date.parse(prediction.madeAt), at }
}

export const isUnfinished = (status: ExpressionStatus): boolean => status === 'QUEUED' || status === 'RUNNING'
