import { awaited } from '../show/wait-reasons.ts'
import { isUnfinished, type WatchState } from './state.ts'

/** What a line says of one state; the next is written when it says something else. */
export function plainLine({ expression, connection }: WatchState): string {
  const { status, progress } = expression
  if (connection.kind === 'lost') return `not connected: ${connection.message}; trying again`
  if (status === 'QUEUED') return 'queued'
  const { completed, total } = progress
  // A line each tenth: a log is read to its end.
  const shown = isUnfinished(status) ? Math.floor((Math.floor((completed / total) * 10) / 10) * total) : completed
  return `${status.toLowerCase()} ${shown}/${total}`
}

/** What it waits for, where nothing of it is at an agent. */
export function plainWait({ prediction, connection }: WatchState): string | undefined {
  if (connection.kind === 'lost' || prediction?.assignedTasks !== 0) return undefined
  return `waits for ${awaited[prediction.waitsFor]}`
}
