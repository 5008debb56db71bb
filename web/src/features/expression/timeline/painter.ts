import { hatch } from '../../../components/time/hatch.ts'
import { firstAfter, type Bar, type Timeline } from './lanes.ts'
import { placeOf } from './walk.ts'
import type { Window } from '../../../components/time/scale.ts'

/** Colours as the page's theme has them now. */
export interface Palette {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly surface: string
  readonly done: string
  readonly running: string
  readonly failed: string
  readonly lost: string
  readonly waiting: string
  readonly critical: string
  readonly selected: string
  /** On a bar. */
  readonly sign: string
}

export interface Measures {
  /** Of the canvas, in CSS pixels. */
  readonly width: number
  readonly laneHeight: number
  readonly axisHeight: number
  readonly waitingHeight: number
}

export interface Scene {
  readonly timeline: Timeline
  readonly window: Window
  readonly measures: Measures
  readonly palette: Palette
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  /** Up to where what is under way is drawn. */
  readonly now: number
  /** What stands for a task's operation. */
  readonly signOf: (task: number) => string
  readonly selected: number | null
  readonly hovered: number | null
  /** Of several attempts at these tasks, the ones that are marked. */
  readonly meant: readonly Bar[]
}

export const heightOf = ({ lanes }: Timeline, { laneHeight, axisHeight, waitingHeight }: Measures): number =>
  axisHeight + waitingHeight + lanes.length * laneHeight

/** Where a lane stands. */
export const topOf = (lane: number, { laneHeight, axisHeight, waitingHeight }: Measures): number =>
  axisHeight + waitingHeight + lane * laneHeight

const xOf = (at: number, { from, to }: Window, width: number): number => ((at - from) / (to - from)) * width

/** Draws a timeline. Of bars too short to tell apart one is drawn a pixel: so a picture costs no more than it has pixels. */
export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { timeline, measures } = scene
  context.clearRect(0, 0, measures.width, heightOf(timeline, measures))
  paintAxis(context, scene)
  paintWaiting(context, scene)
  for (const [place, { bars }] of timeline.lanes.entries()) paintLane(context, scene, bars, topOf(place, measures))
  for (const task of new Set([scene.hovered, scene.selected]))
    paintMark(context, scene, placeOf(timeline, task, scene.meant))
}

function paintLane(context: CanvasRenderingContext2D, scene: Scene, bars: readonly Bar[], top: number): void {
  const { timeline, window, measures, palette, now } = scene
  const { width, laneHeight } = measures
  const gap = laneHeight > 6 ? 2 : laneHeight > 3 ? 1 : 0
  const height = laneHeight - gap
  let drawnTo = -1
  // One that began before the window may reach into it.
  for (let place = Math.max(0, firstAfter(bars, window.from) - 1); place < bars.length; place++) {
    const bar = bars[place]
    if (bar === undefined || bar.from > window.to) break
    const start = xOf(bar.from, window, width)
    const end = xOf(Math.max(bar.from, bar.to ?? now), window, width)
    if (end < 0) continue
    if (end <= drawnTo) {
      // On to what reaches beyond the pixel that is drawn.
      const next = firstAfter(bars, window.from + (drawnTo / width) * (window.to - window.from)) - 1
      place = Math.max(place, next - 1)
      continue
    }
    const x = Math.max(start, -2)
    const shown = Math.max(1, Math.min(end, width + 2) - x - (end - start > 3 ? 1 : 0))
    context.fillStyle = palette[bar.kind]
    context.fillRect(x, top, shown, height)
    if (bar.kind === 'lost') hatch(context, palette.surface, { x, top, width: shown, height })
    if (timeline.criticalPath.has(bar.task) && laneHeight > 3) {
      context.fillStyle = palette.critical
      context.fillRect(x, top + height - Math.max(2, height / 5), shown, Math.max(2, height / 5))
    }
    if (laneHeight >= 14 && shown >= 14) paintSign(context, scene, bar, x + shown / 2, top + height / 2 + 1, shown)
    drawnTo = Math.floor(x + shown)
  }
}

function paintSign(
  context: CanvasRenderingContext2D,
  { palette, signOf }: Scene,
  bar: Bar,
  x: number,
  y: number,
  room: number,
): void {
  const sign = signOf(bar.task)
  if (bar.kind === 'lost' || sign.length * 8 > room) return
  context.fillStyle = palette.sign
  context.font = '600 12px system-ui, sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(sign, x, y)
  context.textAlign = 'start'
}

function paintMark(context: CanvasRenderingContext2D, scene: Scene, place: ReturnType<typeof placeOf>): void {
  if (place === null) return
  const { window, measures, palette, selected, now } = scene
  const { bar, lane } = place
  const [x, end] = [xOf(bar.from, window, measures.width), xOf(bar.to ?? now, window, measures.width)]
  context.strokeStyle = palette.selected
  context.lineWidth = bar.task === selected ? 2.5 : 1.5
  context.strokeRect(x - 1, topOf(lane, measures) - 1, Math.max(1, end - x) + 2, Math.max(3, measures.laneHeight))
}

function paintAxis(context: CanvasRenderingContext2D, { timeline, window, measures, palette, ticks }: Scene): void {
  const { width, axisHeight } = measures
  context.font = '11px system-ui, sans-serif'
  context.textBaseline = 'middle'
  for (const { at, label } of ticks) {
    const x = Math.round(xOf(at, window, width)) + 0.5
    context.fillStyle = palette.line
    context.fillRect(x, axisHeight, 1, heightOf(timeline, measures))
    context.fillStyle = palette.muted
    context.fillText(label, x + 3, axisHeight / 2)
  }
}

/** How many waited for a slot, as a silhouette above the lanes. */
function paintWaiting(context: CanvasRenderingContext2D, { timeline, window, measures, palette, now }: Scene): void {
  const { waiting, mostWaiting } = timeline
  const { width, axisHeight, waitingHeight } = measures
  if (mostWaiting === 0) return
  const floor = axisHeight + waitingHeight - 4
  const full = waitingHeight - 8
  context.fillStyle = palette.waiting
  context.beginPath()
  context.moveTo(0, floor)
  let level = floor
  for (const { at, count } of waiting) {
    const x = Math.min(width, Math.max(0, xOf(at, window, width)))
    context.lineTo(x, level)
    level = floor - (count / mostWaiting) * full
    context.lineTo(x, level)
  }
  context.lineTo(Math.min(width, Math.max(0, xOf(now, window, width))), level)
  context.lineTo(Math.min(width, Math.max(0, xOf(now, window, width))), floor)
  context.fill()
}
