/** A task, and where what it computes stands in the source: its operator, or the name of its function. */
export interface TaskInSource {
  readonly index: number
  readonly spans: readonly { readonly position: number; readonly length: number }[]
}

export type SourceSegment<Task extends TaskInSource> =
  | { readonly kind: 'text'; readonly position: number; readonly text: string }
  /** Of several tasks where they come from one place, as those of a `sum` do. */
  | { readonly kind: 'operation'; readonly position: number; readonly text: string; readonly tasks: readonly Task[] }

/** Cuts a source into its operations and what stands between them, in order. Together the texts are the source. */
export function cutSource<Task extends TaskInSource>(source: string, tasks: readonly Task[]): SourceSegment<Task>[] {
  const segments: SourceSegment<Task>[] = []
  let position = 0
  for (const { start, end, tasks: here } of placesOf(tasks)) {
    if (start < position) continue
    if (start > position) segments.push({ kind: 'text', position, text: source.slice(position, start) })
    position = end
    segments.push({ kind: 'operation', position: start, text: source.slice(start, end), tasks: here })
  }
  if (position < source.length) segments.push({ kind: 'text', position, text: source.slice(position) })
  return segments
}

interface Place<Task> {
  readonly start: number
  readonly end: number
  readonly tasks: Task[]
}

function placesOf<Task extends TaskInSource>(tasks: readonly Task[]): Place<Task>[] {
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
