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
