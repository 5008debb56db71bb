import type { State } from '../task/task-look.ts'
import type { Paint } from './theme.ts'

/** Smaller than this a node is a cell without an outline, whose height tells how far it has come. */
export const smallestShape = 3

/** The height of a cell in each state, so that the states can be told apart without their colours. */
const cellSize: Readonly<Record<State, number>> = {
  waiting: 0.35,
  ready: 0.6,
  ahead: 0.75,
  running: 1.3,
  saving: 1.15,
  succeeded: 1,
  failed: 2,
  cancelled: 0.2,
}

/** @param height how high it may be, as it is too narrow to be seen by itself */
export function drawCell(
  pen: CanvasRenderingContext2D,
  state: State,
  paint: Paint,
  x: number,
  y: number,
  r: number,
  height: number,
) {
  const high = Math.max(1, height * cellSize[state])
  pen.fillStyle = paint.solid
  pen.fillRect(x - r * 0.8, y - high / 2, r * 1.6, high)
}

/**
 * A shape a state: waiting an open ring of dashes, ready an open ring, ahead a ring in a ring, running a disc with its gauge round it,
 * saving one without, succeeded a full disc, failed a diamond, cancelled a ring that is struck out.
 */
export function drawShape(pen: CanvasRenderingContext2D, state: State, paint: Paint, x: number, y: number, r: number) {
  pen.lineWidth = Math.min(2, r / 4)
  pen.strokeStyle = paint.solid
  pen.fillStyle = paint.tint
  pen.beginPath()
  if (state === 'failed') diamond(pen, x, y, r * 1.25)
  else pen.arc(x, y, r, 0, 2 * Math.PI)
  if (state === 'succeeded' && r < 9) pen.fillStyle = paint.solid
  pen.fill()
  pen.setLineDash(state === 'waiting' ? [r / 5, r / 5] : [])
  pen.stroke()
  pen.setLineDash([])
  if (state === 'ahead') ring(pen, x, y, r * 0.72)
  if (state === 'succeeded' && r >= 9) ring(pen, x, y, r - 1)
  if (state === 'cancelled') strike(pen, x, y, r)
}

function diamond(pen: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  pen.moveTo(x, y - r)
  pen.lineTo(x + r, y)
  pen.lineTo(x, y + r)
  pen.lineTo(x - r, y)
  pen.closePath()
}

function ring(pen: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  pen.beginPath()
  pen.arc(x, y, r, 0, 2 * Math.PI)
  pen.stroke()
}

function strike(pen: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  pen.beginPath()
  pen.moveTo(x - r * 0.7, y + r * 0.7)
  pen.lineTo(x + r * 0.7, y - r * 0.7)
  pen.stroke()
}

/** How much of its time an operation has run, from 0 to 1: a ring that closes. */
export function drawGauge(pen: CanvasRenderingContext2D, paint: Paint, x: number, y: number, r: number, part: number) {
  pen.lineWidth = Math.max(2, r / 4)
  pen.strokeStyle = paint.solid
  pen.beginPath()
  pen.arc(x, y, r + pen.lineWidth, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * Math.min(1, Math.max(0.02, part)))
  pen.stroke()
}
