import { states } from '../task/task-look.ts'
import { stateAt, type Scene } from './picture.ts'
import type { Extent, Size } from './view.ts'

export const extentOf = ({ layout }: Pick<Scene, 'layout'>): Extent => ({
  left: layout.left,
  right: layout.right,
  bottom: (layout.levels - 1) * layout.levelHeight,
})

const border = 4

/** How a layout lies on the map. */
function onMap(scene: Scene, { width, height }: Size) {
  const { left, right, bottom } = extentOf(scene)
  const scaleX = (width - 2 * border) / Math.max(1, right - left)
  const scaleY = (height - 2 * border) / Math.max(1, bottom)
  return { x: (x: number) => border + (x - left) * scaleX, y: (y: number) => border + y * scaleY, scaleX, scaleY, left }
}

/** All tasks as dots in the colour of their state, and what of them is in sight. */
export function drawMap(pen: CanvasRenderingContext2D, scene: Scene, size: Size): void {
  const { layout, theme, view, tasks } = scene
  const map = onMap(scene, size)
  pen.fillStyle = theme.ground
  pen.fillRect(0, 0, size.width, size.height)
  for (let task = 0; task < layout.x.length; task += 1) {
    if (layout.level[task] === -1) continue
    pen.fillStyle = theme.paints[states.indexOf(stateAt(tasks, task))]!.solid
    pen.fillRect(map.x(layout.x[task]!), map.y(layout.level[task]! * layout.levelHeight), 1.5, 1.5)
  }
  pen.strokeStyle = theme.accent
  pen.lineWidth = 1.5
  const x = Math.max(1, map.x(-view.left / view.scaleX))
  const y = Math.max(1, map.y(-view.top / view.scaleY))
  const right = Math.min(size.width - 1, map.x((scene.size.width - view.left) / view.scaleX))
  const bottom = Math.min(size.height - 1, map.y((scene.size.height - view.top) / view.scaleY))
  pen.strokeRect(x, y, right - x, bottom - y)
}

/** The place of the layout below a place of the map. */
export function placeOnMap(scene: Scene, size: Size, at: { x: number; y: number }): { x: number; y: number } {
  const map = onMap(scene, size)
  return { x: (at.x - border) / map.scaleX + map.left, y: (at.y - border) / map.scaleY }
}
