import { formatNumber, shortenNumber } from '../../../format/number.ts'
import { isOperator, operationMark } from '../../../format/operation.ts'
import type { Task } from '../useTasks.ts'
import { stateOf, states, type State } from '../task/task-look.ts'
import type { GraphLayout } from './graph-layout.ts'
import { fewTasks, numberText, type GraphShape } from './graph-shape.ts'
import { drawCell, drawShape, smallestShape } from './node-shape.ts'
import type { Theme } from './theme.ts'
import type { Size, View } from './view.ts'

/** All that a picture of a graph shows. */
export interface Scene {
  readonly shape: GraphShape
  readonly layout: GraphLayout
  readonly folded: ReadonlySet<number>
  readonly tasks: readonly Task[]
  readonly critical: ReadonlySet<number>
  readonly view: View
  readonly sizes: Float32Array
  readonly size: Size
  readonly theme: Theme
}

/** Of one that has not come yet too. */
export const stateAt = (tasks: readonly Task[], index: number): State => {
  const task = tasks[index]
  return task ? stateOf(task) : 'waiting'
}

export const placeOf = ({ layout, view }: Pick<Scene, 'layout' | 'view'>, task: number) => ({
  x: layout.x[task]! * view.scaleX + view.left,
  y: layout.level[task]! * layout.levelHeight * view.scaleY + view.top,
})

/** Nodes that are drawn without a look at the clock. */
const stride = 400
/** Lines from smaller nodes are fine: there are thousands. */
const smallestBold = 4
const smallestSign = 8
const smallestValue = 13

/** Draws a scene, and stops again and again, so that nobody waits for thousands of nodes. */
export function* draw(pen: CanvasRenderingContext2D, scene: Scene): Generator<void> {
  pen.fillStyle = scene.theme.ground
  pen.fillRect(0, 0, scene.size.width, scene.size.height)
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  yield* drawLinks(pen, scene)
  yield* drawNodes(pen, scene)
}

function* drawLinks(pen: CanvasRenderingContext2D, scene: Scene): Generator<void> {
  const { shape, layout, theme, tasks, critical, sizes } = scene
  const fine = states.map(() => new Path2D())
  const bold = states.map(() => new Path2D())
  const criticalLine = new Path2D()
  let drawn = 0
  for (let task = layout.x.length - 1; task >= 0; task -= 1) {
    if (layout.level[task] === -1 || scene.folded.has(task)) continue
    const isBold = sizes[task]! > smallestBold
    const from = placeOf(scene, task)
    for (let slot = shape.offsets[task]!; slot < shape.offsets[task + 1]!; slot += 1) {
      const child = shape.operands[slot]!
      const to = child >= 0 ? placeOf(scene, child) : numberPlace(scene, task, slot)
      if (to === null || isOutside(scene, from, to)) continue
      const isCritical = critical.has(task) && critical.has(child)
      const line = (isBold ? bold : fine)[states.indexOf(stateAt(tasks, child))]!
      arch(isCritical ? criticalLine : line, from, to, isBold)
      drawn += 1
    }
    if (drawn < stride && task > 0) continue
    drawn = 0
    strokeAll(pen, theme, fine, 0.6, 0.25)
    strokeAll(pen, theme, bold, 1.5, 0.8)
    yield
  }
  pen.lineWidth = 3
  pen.strokeStyle = theme.accent
  pen.stroke(criticalLine)
}

/** Draws the lines of each state, and begins new ones. */
function strokeAll(pen: CanvasRenderingContext2D, theme: Theme, lines: Path2D[], width: number, alpha: number): void {
  pen.lineWidth = width
  pen.globalAlpha = alpha
  lines.forEach((line, state) => {
    const isPlain = state === states.indexOf('waiting') || state >= states.indexOf('failed')
    pen.strokeStyle = isPlain ? theme.line : theme.paints[state]!.solid
    pen.stroke(line)
    lines[state] = new Path2D()
  })
  pen.globalAlpha = 1
}

function numberPlace({ layout, shape, view }: Scene, task: number, slot: number) {
  if (shape.widths[slot]! === 0) return null
  return {
    x: layout.numberX[slot]! * view.scaleX + view.left,
    y: (layout.level[task]! + 1) * layout.levelHeight * view.scaleY + view.top,
  }
}

interface Place {
  readonly x: number
  readonly y: number
}

const isOutside = ({ size }: Scene, from: Place, to: Place): boolean =>
  Math.max(from.x, to.x) < 0 || Math.min(from.x, to.x) > size.width || to.y < 0 || from.y > size.height

/** Leaves sideways, so that the value under the upper node stays free, and comes in from above. */
function arch(line: Path2D, from: Place, to: Place, isCurved: boolean): void {
  line.moveTo(from.x, from.y)
  if (!isCurved) line.lineTo(to.x, to.y)
  else line.bezierCurveTo((from.x + 2 * to.x) / 3, from.y, to.x, (2 * from.y + to.y) / 3, to.x, to.y)
}

function* drawNodes(pen: CanvasRenderingContext2D, scene: Scene): Generator<void> {
  const { layout, size, sizes } = scene
  for (let task = 0, drawn = 0; task < layout.x.length; task += 1) {
    if (layout.level[task] === -1) continue
    const { x, y } = placeOf(scene, task)
    if (x < -60 || x > size.width + 60 || y < -60 || y > size.height + 60) continue
    drawNode(pen, scene, task, x, y, sizes[task]!)
    drawn += 1
    if (drawn % stride === 0) yield
  }
}

const levelPx = ({ layout, view }: Scene): number => layout.levelHeight * view.scaleY

function drawNode(pen: CanvasRenderingContext2D, scene: Scene, index: number, x: number, y: number, r: number): void {
  const { theme, tasks } = scene
  const task = tasks[index]
  const state = stateAt(tasks, index)
  const paint = theme.paints[states.indexOf(state)]!
  if (r < smallestShape) return drawCell(pen, state, paint, x, y, r, Math.min(9, levelPx(scene) * 0.35))
  drawShape(pen, state, paint, x, y, r)
  if (!task || r < smallestSign) return
  const mark = operationMark(task.operation)
  write(pen, theme, mark, x, y + 0.5, isOperator(task.operation) ? r : r * 0.6, paint.text, 600)
  if (r >= smallestValue) drawWords(pen, scene, index, x, y, r)
  if (scene.folded.has(index)) drawStack(pen, theme, x, y, r)
}

/** The value below a node or, until it is known, the numbers that it works on where these are no nodes; the numbers that are. */
function drawWords(pen: CanvasRenderingContext2D, scene: Scene, index: number, x: number, y: number, r: number): void {
  const { shape, layout, theme, tasks, view } = scene
  const task = tasks[index]!
  if (task.result) {
    const value = formatNumber(shortenNumber(task.result.short, 8))
    write(pen, theme, value, x, y + r + 11, 11, theme.text, 600, theme.ground)
  }
  task.operands.forEach(({ task: child, value, negated }, operand) => {
    const slot = shape.offsets[index]! + operand
    const place = child ? null : numberPlace(scene, index, slot)
    if (place) write(pen, theme, numberText(value?.short ?? '?'), place.x, place.y, 12, theme.text, 400, theme.ground)
    if (child && negated && layout.level[child.index] !== -1) {
      const at = placeOf(scene, child.index)
      write(pen, theme, '\u2212', at.x - r - 5, at.y - r + 5, 13, theme.text, 700, theme.ground)
    }
  })
  const room = layout.room[index]! * view.scaleX
  if (!task.result && tasks.length > fewTasks && room > 60) {
    const numbers = task.operands.flatMap(({ task: child, value }) =>
      child || !value ? [] : [numberText(value.short)],
    )
    write(pen, theme, numbers.join(', '), x, y + r + 11, 10, theme.text, 400, theme.ground)
  }
}

/** Three strokes below a node: more lies there, folded away. */
function drawStack(pen: CanvasRenderingContext2D, theme: Theme, x: number, y: number, r: number): void {
  pen.fillStyle = theme.line
  for (const step of [1, 2, 3]) pen.fillRect(x - r + step * 3, y + r + 14 + step * 3, 2 * r - step * 6, 1.5)
}

function write(
  pen: CanvasRenderingContext2D,
  { font }: Theme,
  text: string,
  x: number,
  y: number,
  height: number,
  color: string,
  weight: number,
  halo?: string,
): void {
  pen.font = `${weight} ${Math.round(height)}px ${font}`
  if (halo !== undefined) {
    pen.lineWidth = 4
    pen.lineJoin = 'round'
    pen.strokeStyle = halo
    pen.strokeText(text, x, y)
  }
  pen.fillStyle = color
  pen.fillText(text, x, y)
}
