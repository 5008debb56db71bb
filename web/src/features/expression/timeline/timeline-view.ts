import { watchColors } from '../../../components/time/theme-colors.ts'
import { formatDuration } from '../../../format/duration.ts'
import { barAt, type Bar, type Timeline } from './lanes.ts'
import { heightOf, paint, topOf, type Measures, type Palette } from './painter.ts'
import { readPalette } from './palette.ts'
import { fitted, moved, ticks, zoomed, type Window } from '../../../components/time/scale.ts'

/** What the canvas shows: all there is, the end as it grows, or what somebody has moved to. */
export type Mode = 'whole' | 'follow' | 'free'

interface Options {
  readonly canvas: HTMLCanvasElement
  readonly now: () => number
  readonly signOf: (task: number) => string
  readonly onMode: (mode: Mode) => void
}

interface Marks {
  readonly selected: number | null
  readonly hovered: number | null
  /** Of several attempts at these tasks, the ones that are marked. */
  readonly meant: readonly Bar[]
}

const axisHeight = 20
const waitingHeight = 34

export const measuresFor = (lanes: number, width: number): Measures => ({
  ...{ width, axisHeight, waitingHeight },
  laneHeight: lanes <= 10 ? 22 : lanes <= 32 ? 14 : lanes <= 120 ? 7 : lanes <= 1_500 ? 3 : 1,
})

/** A timeline on a canvas: drawn when something has changed, once a frame at most, without React. */
export class TimelineView {
  readonly #options: Options
  readonly #unwatch: () => void
  #timeline: Timeline
  #palette: Palette
  #window: Window = { from: 0, to: 1 }
  #mode: Mode = 'whole'
  #marks: Marks = { selected: null, hovered: null, meant: [] }
  #isGrowing = false
  #frame: number | undefined
  #width = 0
  #onDrawn: () => void = () => {}

  constructor(timeline: Timeline, options: Options) {
    this.#options = options
    this.#timeline = timeline
    this.#palette = readPalette(options.canvas.parentElement ?? document.body)
    this.#unwatch = watchColors(() => {
      this.#palette = readPalette(options.canvas.parentElement ?? document.body)
      this.draw()
    })
  }

  /** Told after each picture: what stands over the canvas moves with it. */
  set onDrawn(onDrawn: () => void) {
    this.#onDrawn = onDrawn
  }

  get timeline(): Timeline {
    return this.#timeline
  }

  get window(): Window {
    return this.#window
  }

  get measures(): Measures {
    return measuresFor(this.#timeline.lanes.length, this.#width)
  }

  show(timeline: Timeline, isGrowing: boolean): void {
    this.#timeline = timeline
    this.#isGrowing = isGrowing
    this.resize(this.#width)
  }

  mark(marks: Partial<Marks>): void {
    this.#marks = { ...this.#marks, ...marks }
    this.draw()
  }

  resize(width: number): void {
    this.#width = width
    const { canvas } = this.#options
    const ratio = Math.min(2, devicePixelRatio || 1)
    const height = heightOf(this.#timeline, this.measures)
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    canvas.style.height = `${height}px`
    canvas.getContext('2d')?.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.draw()
  }

  setMode(mode: Mode): void {
    this.#mode = mode
    this.#options.onMode(mode)
    this.draw()
  }

  zoom(factor: number, x = this.#width / 2): void {
    this.#window = zoomed(this.#window, this.timeAt(x), factor, this.#whole())
    this.setMode('free')
  }

  pan(byPixels: number): void {
    const { from, to } = this.#window
    this.#window = moved(this.#window, (byPixels / Math.max(1, this.#width)) * (to - from), this.#whole())
    this.setMode('free')
  }

  /** Moves so that a moment is in sight. */
  reveal(at: number): void {
    // All is in sight then, also before the first picture has said what all is.
    if (this.#mode === 'whole') return
    const { from, to } = this.#window
    if (at >= from && at <= to) return
    this.#window = moved(this.#window, at - from - (to - from) / 5, this.#whole())
    this.setMode('free')
  }

  timeAt(x: number): number {
    const { from, to } = this.#window
    return from + (x / Math.max(1, this.#width)) * (to - from)
  }

  xOf(at: number): number {
    const { from, to } = this.#window
    return ((at - from) / (to - from)) * this.#width
  }

  barAt(x: number, y: number): Bar | undefined {
    const { laneHeight } = this.measures
    const lane = this.#timeline.lanes[Math.floor((y - topOf(0, this.measures)) / laneHeight)]
    return lane && barAt(lane, this.timeAt(x), this.#options.now())
  }

  draw(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined
      this.#paint()
      if (this.#isGrowing) this.#drawLater()
    })
  }

  dispose(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#isGrowing = false
    this.#unwatch()
  }

  /** Where little motion is wanted, some times a second. */
  #drawLater(): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) setTimeout(() => this.#isGrowing && this.draw(), 500)
    else this.draw()
  }

  #whole(): Window {
    const { from, to } = this.#timeline
    return { from, to: Math.max(from + 1, this.#isGrowing ? this.#options.now() : to) }
  }

  #paint(): void {
    const context = this.#options.canvas.getContext('2d')
    if (!context || this.#timeline.lanes.length === 0) return
    const whole = this.#whole()
    if (this.#mode === 'whole') this.#window = fitted(whole)
    else if (this.#mode === 'follow') this.#window = moved(this.#window, whole.to - this.#window.to, whole)
    const since = this.#timeline.from
    paint(context, {
      ...{ timeline: this.#timeline, window: this.#window, measures: this.measures, palette: this.#palette },
      ...{ now: whole.to, signOf: this.#options.signOf, ...this.#marks },
      ticks: ticks(this.#window, since, Math.max(2, this.#width / 90)).map((at) => ({
        at,
        label: formatDuration(at - since),
      })),
    })
    this.#onDrawn()
  }
}
