import type { SourceFold } from './source-folds.ts'

/** A task, and where what it computes stands in the source: its operator, or the name of its function. */
export interface TaskInSource {
  readonly index: number
  readonly spans: readonly { readonly position: number; readonly length: number }[]
}

export type SourceSegment<Task extends TaskInSource> =
  | { readonly kind: 'text'; readonly position: number; readonly text: string }
  /** Of several tasks where they come from one place, as those of a `sum` do. */
  | { readonly kind: 'operation'; readonly position: number; readonly text: string; readonly tasks: readonly Task[] }
  /** A part of the source for which its value stands. */
  | { readonly kind: 'value'; readonly position: number; readonly text: string; readonly task: number }

/**
 * Cuts a source into its operations and what stands between them, in order. Together the texts are the source, but for parts that are
 * folded into their values.
 * @param places of the tasks, in order
 */
export function cutSource<Task extends TaskInSource>(
  source: string,
  places: readonly Place<Task>[],
  folds: readonly SourceFold[] = [],
): SourceSegment<Task>[] {
  const segments: SourceSegment<Task>[] = []
  let position = 0
  const goTo = (start: number): void => {
    if (start > position) segments.push({ kind: 'text', position, text: source.slice(position, start) })
  }
  let fold = 0
  const foldUpTo = (start: number): void => {
    for (let next = folds[fold]; next && next.start <= start; next = folds[(fold += 1)]) {
      goTo(next.start)
      segments.push({ kind: 'value', position: next.start, text: next.text, task: next.task })
      position = next.end
    }
  }
  for (const { start, end, tasks: here } of places) {
    foldUpTo(start)
    if (start < position) continue
    goTo(start)
    position = end
    segments.push({ kind: 'operation', position: start, text: source.slice(start, end), tasks: here })
  }
  foldUpTo(source.length)
  if (position < source.length) segments.push({ kind: 'text', position, text: source.slice(position) })
  return segments
}

/** A place of the source with all tasks that it stands for. */
export interface Place<Task> {
  readonly start: number
  readonly end: number
  readonly tasks: Task[]
}

export function placesOf<Task extends TaskInSource>(tasks: readonly Task[]): Place<Task>[] {
  const places = new Map<number, Place<Task>>()
  for (const task of tasks)
    for (const { position, length } of task.spans) {
      const place = places.get(position)
      if (place) place.tasks.push(task)
      else places.set(position, { start: position, end: position + length, tasks: [task] })
    }
  return [...places.values()].sort((a, b) => a.start - b.start)
}

/** So many segments are drawn together. */
const chunkLength = 64

/** The segments in parts of which each is drawn, or left out of sight, by itself. */
export function chunkSegments<Segment>(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  return Array.from({ length: Math.ceil(segments.length / chunkLength) }, (_, chunk) =>
    segments.slice(chunk * chunkLength, (chunk + 1) * chunkLength),
  )
}
