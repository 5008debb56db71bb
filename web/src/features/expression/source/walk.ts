import type { SourceSegment, TaskInSource } from './source-segments.ts'

/** A place of the source at which the arrow keys stop, and the tasks that it shows: mostly one. */
export interface Stop {
  readonly position: number
  readonly tasks: readonly number[]
}

export const stopsOf = (segments: readonly SourceSegment<TaskInSource>[]): Stop[] =>
  segments.flatMap((segment) => {
    const tasks = tasksOf(segment)
    return tasks.length > 0 ? [{ position: segment.position, tasks }] : []
  })

function tasksOf(segment: SourceSegment<TaskInSource>): readonly number[] {
  switch (segment.kind) {
    case 'operation':
      return segment.tasks.map(({ index }) => index)
    case 'value':
      return [segment.task]
    case 'text':
      return []
    default:
      return segment satisfies never
  }
}

/**
 * The stop to which an arrow key goes; undefined where there is none that way.
 * @param selected the task to go on from; null to begin at an end
 * @param stoodAt where the keyboard stood last: a task may have several places, and was perhaps selected elsewhere since
 */
export function step(
  stops: readonly Stop[],
  selected: number | null,
  stoodAt: number | null,
  by: 1 | -1,
): Stop | undefined {
  const shows = ({ tasks }: Stop) => selected !== null && tasks.includes(selected)
  const stood = stops.findIndex((stop) => stop.position === stoodAt && shows(stop))
  const at = stood >= 0 ? stood : stops.findIndex(shows)
  return at < 0 ? stops.at(by > 0 ? 0 : -1) : stops[at + by]
}
