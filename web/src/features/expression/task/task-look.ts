import { taskStatusLook, type StatusLook } from '../../../format/status.ts'
import type { TaskStatus } from '../../../graphql.ts'
import { msg } from '../../../language/t.ts'

export interface StandingTask {
  readonly status: TaskStatus
  /** When its agent began it; null while it lies there ahead of the agent's slots. */
  readonly startedAt: string | null
  /** Whether its agent computes it: not where its result is on its way to the log. */
  readonly isRunning: boolean
}

/** How a task stands for those who look at it: what an agent computes is told from what lies there, so that no slot idles. */
export const states = ['waiting', 'ready', 'ahead', 'running', 'saving', 'succeeded', 'failed', 'cancelled'] as const

export type State = (typeof states)[number]

export function stateOf({ status, startedAt, isRunning }: StandingTask): State {
  switch (status) {
    case 'WAITING':
      return 'waiting'
    case 'READY':
      return 'ready'
    case 'ASSIGNED':
      return startedAt === null ? 'ahead' : isRunning ? 'running' : 'saving'
    case 'SUCCEEDED':
      return 'succeeded'
    case 'FAILED':
      return 'failed'
    case 'CANCELLED':
      return 'cancelled'
    default:
      return status satisfies never
  }
}

export const stateLook: Readonly<Record<State, StatusLook>> = {
  waiting: taskStatusLook.WAITING,
  ready: taskStatusLook.READY,
  ahead: { word: msg('Assigned'), tone: 'ready' },
  running: { word: msg('Running'), tone: 'running' },
  saving: { word: msg('Saving'), tone: 'running' },
  succeeded: taskStatusLook.SUCCEEDED,
  failed: taskStatusLook.FAILED,
  cancelled: taskStatusLook.CANCELLED,
}

export const lookOf = (task: StandingTask): StatusLook => stateLook[stateOf(task)]

/** What shows of several tasks at one place: what needs a look first, and that it is done only when all are. */
const byUrgency: readonly State[] = [
  'failed',
  'running',
  'saving',
  'ahead',
  'ready',
  'waiting',
  'cancelled',
  'succeeded',
]

/** The one of several that shows. */
export function mostUrgent<Task extends StandingTask>(tasks: readonly Task[]): Task | undefined {
  let found: Task | undefined
  for (const task of tasks)
    if (!found || byUrgency.indexOf(stateOf(task)) < byUrgency.indexOf(stateOf(found))) found = task
  return found
}
