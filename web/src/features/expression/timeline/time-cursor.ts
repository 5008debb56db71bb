import { createValueStore, type ValueStore } from '../../../transport/value-store.ts'

/** Which moment of an expression the page shows. */
export interface TimeCursorState {
  /** Milliseconds since 1970; null for now, as it happens. */
  readonly at: number | null
  readonly isPlaying: boolean
  /** Milliseconds of the expression for one of the clock. */
  readonly speed: number
}

/** From when to when there is something to see; milliseconds since 1970. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** So many places has a slider for a range, however long that is: the last is its very end, as it would not be in milliseconds. */
export const sliderPlaces = 1_000

export const placeIn = ({ from, to }: TimeRange, at: number): number =>
  to > from ? Math.round(((at - from) / (to - from)) * sliderPlaces) : 0

export const momentIn = ({ from, to }: TimeRange, place: number): number =>
  to - (1 - place / sliderPlaces) * (to - from)

/** What moves the cursor on: a picture that is about to be drawn, and when. */
export interface Frames {
  readonly request: (onFrame: (atMs: number) => void) => number
  readonly cancel: (handle: number) => void
}

const browserFrames: Frames = {
  request: (onFrame) => requestAnimationFrame(onFrame),
  cancel: (handle) => cancelAnimationFrame(handle),
}

/** The one moment that all views of an expression show: source, tree, table and timeline stay in step by it. */
export class TimeCursor implements Pick<ValueStore<TimeCursorState>, 'get' | 'subscribe'> {
  readonly #state = createValueStore<TimeCursorState>({ at: null, isPlaying: false, speed: 1 })
  readonly #frames: Frames
  #frame: number | undefined

  constructor(frames: Frames = browserFrames) {
    this.#frames = frames
  }

  readonly get = (): TimeCursorState => this.#state.get()
  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener)

  seek(at: number): void {
    this.#set({ at })
  }

  setSpeed(speed: number): void {
    this.#set({ speed })
  }

  /** Back to how it is now. */
  leave(): void {
    this.#stop()
    this.#set({ at: null, isPlaying: false })
  }

  pause(): void {
    this.#stop()
    this.#set({ isPlaying: false })
  }

  /** Goes on from where it stands; from the beginning where it stands at the end. */
  play({ from, to }: TimeRange): void {
    this.#stop()
    const { at } = this.get()
    this.#set({ at: at === null || at >= to || at < from ? from : at, isPlaying: true })
    let last: number | undefined
    const step = (nowMs: number) => {
      const { at, speed } = this.get()
      const next = Math.min(to, (at ?? from) + (nowMs - (last ?? nowMs)) * speed)
      last = nowMs
      this.#frame = next < to ? this.#frames.request(step) : undefined
      this.#set({ at: next, isPlaying: next < to })
    }
    this.#frame = this.#frames.request(step)
  }

  #stop(): void {
    if (this.#frame !== undefined) this.#frames.cancel(this.#frame)
    this.#frame = undefined
  }

  #set(change: Partial<TimeCursorState>): void {
    this.#state.set({ ...this.get(), ...change })
  }
}
