import type { Selection } from '../selection.ts'
import { states } from '../task/task-look.ts'
import { drawGauge } from './node-shape.ts'
import { placeOf, stateAt, type Scene } from './picture.ts'

/** Gauges of smaller nodes would be specks. */
const smallestGauge = 4

export interface OverlayState {
  readonly selection: Selection
  readonly durations: ReadonlyMap<string, number>
  /** The moment that is shown. */
  readonly atMs: number
}

/** What changes from picture to picture: gauges, and rings round what is selected. @returns whether anything keeps moving */
export function drawOverlay(pen: CanvasRenderingContext2D, scene: Scene, state: OverlayState): boolean {
  const { size, layout, theme, sizes } = scene
  pen.clearRect(0, 0, size.width, size.height)
  const running = runningInSight(scene)
  for (const task of running) {
    const { startedAt, operation } = scene.tasks[task]!
    const { x, y } = placeOf(scene, task)
    const part = (state.atMs - Date.parse(startedAt ?? '')) / Math.max(1, state.durations.get(operation) ?? 0)
    drawGauge(pen, theme.paints[states.indexOf('running')]!, x, y, sizes[task]!, part)
  }
  const { selected, hovered } = state.selection
  for (const [task, width] of [
    [hovered, 2],
    [selected, 3.5],
  ] as const) {
    if (task === null || layout.level[task] === undefined || layout.level[task] === -1) continue
    const { x, y } = placeOf(scene, task)
    pen.lineWidth = width
    pen.strokeStyle = theme.accent
    pen.beginPath()
    pen.arc(x, y, Math.max(5, sizes[task]! + 4), 0, 2 * Math.PI)
    pen.stroke()
  }
  return running.length > 0
}

function runningInSight(scene: Scene): number[] {
  const { tasks, layout, sizes, size } = scene
  const running: number[] = []
  for (let task = 0; task < tasks.length; task += 1) {
    if (sizes[task]! < smallestGauge || layout.level[task] === -1 || stateAt(tasks, task) !== 'running') continue
    const { x, y } = placeOf(scene, task)
    if (x > -20 && x < size.width + 20 && y > -20 && y < size.height + 20) running.push(task)
  }
  return running
}

/** The task at a place of the screen, or the nearest within reach. */
export function taskAt(scene: Scene, at: { x: number; y: number }, reach: number): number | null {
  const { layout, sizes } = scene
  let found: number | null = null
  let nearest = Infinity
  for (let task = 0; task < layout.x.length; task += 1) {
    if (layout.level[task] === -1) continue
    const place = placeOf(scene, task)
    const distance = Math.hypot(place.x - at.x, place.y - at.y) - sizes[task]!
    if (distance > reach || distance >= nearest) continue
    found = task
    nearest = distance
  }
  return found
}
