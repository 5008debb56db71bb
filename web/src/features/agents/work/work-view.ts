import type { Window } from '../../../components/time/scale.ts'
import { watchColors } from '../../../components/time/theme-colors.ts'
import { handlePointers } from './gestures.ts'
import { axisHeight, laneHeightFor, paintWork, readWorkColors, type WorkColors } from './paint-work.ts'
import type { Lane, Run } from './recent-runs.ts'

interface Options {
  readonly now: () => number
  readonly onFollow: (isFollowing: boolean) => void
  readonly onPick: (expressionId: string) => void
}

/** As far back as anything is known. */
const farthestMs = 10 * 60_000

/** The lanes on a canvas, which move on with the time, or stand where somebody has moved them. */
export class WorkView {
  readonly #canvas: HTMLCanvasElement
  readonly #options: Options
  readonly #release: readonly (() => void)[]
  #colors: WorkColors
  #lanes: readonly Lane[] = []
  #spanMs = 1
  #aheadMs = 0
  /** Where the end of what is in sight stands; null while it follows the time. */
  #endAt: number | null = null
  #frame: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #isDisposed = false

  constructor(canvas: HTMLCanvasElement, options: Options) {
    this.#canvas = canvas
    this.#options = options
    const host = canvas.parentElement ?? document.body
    this.#colors = readWorkColors(host)
    const resizes = new ResizeObserver(() => this.#resize())
    resizes.observe(canvas)
    this.#release = [
      () => resizes.disconnect(),
      watchColors(() => (this.#colors = readWorkColors(host))),
      handlePointers(canvas, {
        onHover: (x, y) => (canvas.style.cursor = this.#runAt(x, y)?.expressionId == null ? '' : 'pointer'),
        onPan: (by) => this.pan(by),
        onPick: (x, y) => {
          const expressionId = this.#runAt(x, y)?.expressionId
          if (expressionId != null) options.onPick(expressionId)
        },
      }),
    ]
    this.#draw()
  }

  show(lanes: readonly Lane[], spanMs: number, aheadMs: number): void {
    const isTaller = lanes.length !== this.#lanes.length
    this.#lanes = lanes
    this.#spanMs = spanMs
    this.#aheadMs = aheadMs
    if (isTaller) this.#resize()
  }

  follow(): void {
    this.#endAt = null
    this.#options.onFollow(true)
  }

  /** @param by in parts of what is in sight */
  pan(by: number): void {
    const now = this.#now()
    const end = (this.#endAt ?? now) + by * this.#spanMs
    if (end >= now) return this.follow()
    this.#endAt = Math.max(end, now - farthestMs + this.#spanMs)
    this.#options.onFollow(false)
  }

  dispose(): void {
    this.#isDisposed = true
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
    for (const release of this.#release) release()
  }

  #now(): number {
    return this.#options.now() - this.#aheadMs
  }

  #window(): Window {
    const end = this.#endAt ?? this.#now()
    return { from: end - this.#spanMs, to: end }
  }

  #runAt(x: number, y: number): Run | undefined {
    const lane = this.#lanes[Math.floor((y - axisHeight) / laneHeightFor(this.#lanes.length))]
    const { from, to } = this.#window()
    const at = from + (x / this.#canvas.clientWidth) * (to - from)
    return lane?.runs.findLast((run) => run.from <= at && (run.to ?? Infinity) >= at)
  }

  #resize(): void {
    const ratio = Math.min(2, devicePixelRatio || 1)
    const height = axisHeight + this.#lanes.length * laneHeightFor(this.#lanes.length)
    this.#canvas.width = Math.round(this.#canvas.clientWidth * ratio)
    this.#canvas.height = Math.round(height * ratio)
    this.#canvas.style.height = `${height}px`
    this.#canvas.getContext('2d')?.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.#paint()
  }

  /** Each pixel that it moves on, and no more often; where little motion is wanted, once a second. */
  #draw(): void {
    if (this.#isDisposed) return
    const msPerPixel = this.#spanMs / Math.max(1, this.#canvas.clientWidth)
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    this.#timer = setTimeout(
      () => {
        this.#frame = requestAnimationFrame(() => {
          this.#paint()
          this.#draw()
        })
      },
      isCalm ? 1_000 : Math.min(250, msPerPixel),
    )
  }

  #paint(): void {
    const context = this.#canvas.getContext('2d')
    if (!context || this.#lanes.length === 0) return
    const width = this.#canvas.clientWidth
    paintWork(context, { lanes: this.#lanes, window: this.#window(), width, colors: this.#colors, now: this.#now() })
  }
}
