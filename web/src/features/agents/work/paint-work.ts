import { hatch } from '../../../components/time/hatch.ts'
import { ticks, type Window } from '../../../components/time/scale.ts'
import { areColorsForced, readColors } from '../../../components/time/theme-colors.ts'
import { formatDuration, formatSeconds } from '../../../format/duration.ts'
import { operationSign } from '../../../format/operation.ts'
import { t } from '../../../language/t.ts'
import type { Lane, Run } from './recent-runs.ts'

const variables = {
  mine: '--succeeded-solid',
  running: '--running-solid',
  others: '--waiting-solid',
  lost: '--failed-solid',
  line: '--line',
  muted: '--text-muted',
  surface: '--surface',
  sign: '--on-solid',
} as const

export type WorkColors = Record<keyof typeof variables, string>

const forced: WorkColors = {
  mine: 'Highlight',
  running: 'Highlight',
  others: 'GrayText',
  lost: 'CanvasText',
  line: 'GrayText',
  muted: 'CanvasText',
  surface: 'Canvas',
  sign: 'HighlightText',
}

export const readWorkColors = (host: HTMLElement): WorkColors =>
  areColorsForced() ? forced : readColors(host, variables)

export const axisHeight = 18
export const laneHeightFor = (lanes: number): number => (lanes <= 16 ? 18 : lanes <= 64 ? 9 : lanes <= 400 ? 4 : 2)

interface Picture {
  readonly lanes: readonly Lane[]
  readonly window: Window
  readonly width: number
  readonly colors: WorkColors
  readonly now: number
}

const xOf = (at: number, { from, to }: Window, width: number): number => ((at - from) / (to - from)) * width

const wholeSeconds = (ms: number): string => (ms < 59_500 ? formatSeconds(Math.round(ms / 1_000)) : formatDuration(ms))

/** Draws the lanes. Of runs too short to tell apart one is drawn a pixel. */
export function paintWork(context: CanvasRenderingContext2D, picture: Picture): void {
  const { lanes, window, width, colors, now } = picture
  const laneHeight = laneHeightFor(lanes.length)
  const height = axisHeight + lanes.length * laneHeight
  context.clearRect(0, 0, width, height)
  context.font = '11px system-ui, sans-serif'
  context.textBaseline = 'middle'
  for (const at of ticks(window, now, Math.max(2, width / 110))) {
    const x = Math.round(xOf(at, window, width))
    context.fillStyle = colors.line
    context.fillRect(x, axisHeight, 1, height)
    context.fillStyle = colors.muted
    if (at < now) context.fillText(t('{time} ago', { time: wholeSeconds(now - at) }), x + 3, axisHeight / 2)
  }
  for (const [place, { runs }] of lanes.entries()) paintLane(context, picture, runs, axisHeight + place * laneHeight)
}

function paintLane(context: CanvasRenderingContext2D, picture: Picture, runs: readonly Run[], top: number): void {
  const { lanes, window, width, colors, now } = picture
  const laneHeight = laneHeightFor(lanes.length)
  const height = laneHeight - (laneHeight > 6 ? 2 : laneHeight > 3 ? 1 : 0)
  let drawnTo = -1
  for (const run of runs) {
    const start = Math.max(-2, xOf(run.from, window, width))
    const end = Math.min(width + 2, xOf(run.to ?? now, window, width))
    if (end < 0 || start > width || end <= drawnTo) continue
    const shown = Math.max(1, end - start - (end - start > 3 ? 1 : 0))
    context.fillStyle = run.kind === 'mine' && run.to === null ? colors.running : colors[run.kind]
    context.fillRect(start, top, shown, height)
    if (run.kind === 'lost') hatch(context, colors.surface, { x: start, top, width: shown, height })
    const sign = operationSign(run.operation)
    if (run.kind === 'mine' && laneHeight >= 14 && shown > sign.length * 8 + 4) {
      context.fillStyle = colors.sign
      context.fillText(sign, start + (shown - context.measureText(sign).width) / 2, top + height / 2 + 1)
    }
    drawnTo = Math.floor(start + shown)
  }
}
