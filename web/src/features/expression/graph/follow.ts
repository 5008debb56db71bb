import type { GraphLayout } from './graph-layout.ts'
import { extentOf } from './mini-map.ts'
import { stateAt, type Scene } from './picture.ts'
import { clamp, margin, type Size, type View } from './view.ts'

/** Nodes are drawn at least as large, in pixels, where what runs is followed and leaves time to be looked at. */
const readable = 7

export type FollowedScene = Pick<Scene, 'layout' | 'tasks' | 'view' | 'size'> & {
  readonly durations: ReadonlyMap<string, number>
}

/**
 * The view of what runs, as close as all of it allows, or most of it where all would be grains; none while the present one will do.
 * @param leastMs how long what is in sight takes to compute, at least: closer, what runs would be gone before one looks for it again
 */
export function viewOfRunning(scene: FollowedScene, whole: View, leastMs: number): View | null {
  const running = runningTasks(scene)
  if (running.length === 0) return null
  const { view } = scene
  const target = closeTo(running, scene, whole, leastMs)
  const closer = Math.max(target.scaleX / view.scaleX, target.scaleY / view.scaleY)
  const farther = Math.max(view.scaleX / target.scaleX, view.scaleY / target.scaleY)
  const isGood = Math.max(closer, farther) < 2 && 2 * inSight(running, scene, view) >= inSight(running, scene, target)
  return isGood ? null : target
}

function runningTasks({ tasks, layout }: FollowedScene): number[] {
  const running: number[] = []
  for (let task = 0; task < layout.level.length; task += 1)
    if (layout.level[task] !== -1 && stateAt(tasks, task) === 'running') running.push(task)
  return running
}

function closeTo(running: readonly number[], scene: FollowedScene, whole: View, leastMs: number): View {
  const { layout, size } = scene
  const { levelHeight } = layout
  const extent = extentOf(scene)
  const room = median(running.map((task) => layout.room[task]!))
  // A computed node makes way for the next: so many pixels a second at full size.
  const duration = median(running.map((task) => scene.durations.get(scene.tasks[task]!.operation) ?? 0))
  const pace = (distance: number) => (distance * running.length * leastMs) / Math.max(1, duration)
  const across = alongAxis({
    places: running.map((task) => layout.x[task]!),
    from: extent.left,
    to: extent.right,
    length: size.width,
    least: readable / (0.42 * room),
    most: size.width / pace(room),
    whole: whole.scaleX,
    wholeStart: whole.left,
  })
  const down = alongAxis({
    places: across.shown.map((place) => layout.level[running[place]!]! * levelHeight),
    from: 0,
    to: extent.bottom,
    length: size.height,
    least: readable / (0.3 * levelHeight),
    most: size.height / pace(levelHeight),
    whole: whole.scaleY,
    wholeStart: whole.top,
  })
  return { scaleX: across.scale, left: across.start, scaleY: down.scale, top: down.start }
}

interface Axis {
  readonly places: readonly number[]
  /** All that there is. */
  readonly from: number
  readonly to: number
  /** In pixels. */
  readonly length: number
  /** The scale below which nothing can be read, and the one above which nothing stays in sight. */
  readonly least: number
  readonly most: number
  readonly whole: number
  readonly wholeStart: number
}

function alongAxis({ places, from, to, length, least, most, whole, wholeStart }: Axis) {
  const span = Math.max(...places) - Math.min(...places)
  const scale = Math.max(whole, Math.min(1, most, Math.max(least, (length - 4 * margin) / Math.max(1, span))))
  const [first, last] = fullest(places, (length - 2 * margin) / scale)
  const shown = [...places.keys()].filter((place) => places[place]! >= first && places[place]! <= last)
  if (scale <= whole) return { scale: whole, start: wholeStart, shown }
  const start = length / 2 - ((first + last) / 2) * scale
  const [lowest, highest] = [length - margin - to * scale, margin - from * scale]
  return { scale, start: lowest < highest ? clamp(start, lowest, highest) : start, shown }
}

/** The first and the last place of the stretch, no longer than so much, in which most of them are. */
function fullest(places: readonly number[], reach: number): [number, number] {
  const sorted = places.toSorted((a, b) => a - b)
  let best: [number, number] = [sorted[0]!, sorted[0]!]
  let most = 0
  for (let first = 0, last = 0; first < sorted.length; first += 1) {
    while (last + 1 < sorted.length && sorted[last + 1]! - sorted[first]! <= reach) last += 1
    if (last - first + 1 <= most) continue
    most = last - first + 1
    best = [sorted[first]!, sorted[last]!]
  }
  return best
}

const inSight = (tasks: readonly number[], { layout, size }: FollowedScene, view: View): number =>
  tasks.filter((task) => isInSight(layout, task, size, view)).length

function isInSight({ x, level, levelHeight }: GraphLayout, task: number, { width, height }: Size, view: View): boolean {
  const left = x[task]! * view.scaleX + view.left
  const top = level[task]! * levelHeight * view.scaleY + view.top
  return left >= 0 && left <= width && top >= 0 && top <= height
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
