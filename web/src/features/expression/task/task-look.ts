import { taskStatusLook, type StatusLook } from '../../../format/status.ts'
import type { TaskStatus } from '../../../graphql.ts'

export interface StandingTask {
  readonly status: TaskStatus
  readonly startedAt: string | null
}

/** Whether an agent has it beside what it computes, so that none of its slots idles while a result travels. */
export const isAhead = ({ status, startedAt }: StandingTask): boolean => status === 'ASSIGNED' && startedAt === null

export const isRunning = ({ status, startedAt }: StandingTask): boolean => status === 'ASSIGNED' && startedAt !== null

const ahead: StatusLook = { word: 'Assigned ahead', tone: 'ready' }

export const lookOf = (task: StandingTask): StatusLook => (isAhead(task) ? ahead : taskStatusLook[task.status])

/** What shows of several tasks at one place: what needs a look first, and that it is done only when all are. */
const byUrgency: readonly TaskStatus[] = ['FAILED', 'ASSIGNED', 'READY', 'WAITING', 'CANCELLED', 'SUCCEEDED']

/** The one of several that shows. */
export function mostUrgent<Task extends StandingTask>(tasks: readonly Task[]): Task | undefined {
  let found: Task | undefined
  for (const task of tasks) if (!found || byUrgency.indexOf(task.status) < byUrgency.indexOf(found.status)) found = task
  return found
}
