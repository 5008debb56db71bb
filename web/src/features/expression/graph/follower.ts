import type { View } from './view.ts'

interface Options {
  /** Where to look for so many milliseconds, from where one looks now; null while that will do. */
  readonly next: (forMs: number) => { readonly from: View; readonly to: View } | null
  readonly show: (view: View) => void
  /** Whether little motion is wanted. */
  readonly isStill: () => boolean
}

const glideMs = 350
/** From one move to the next at least, so that there is time to look. */
const paceMs = 600
const stillPaceMs = 2_000
/** What runs stands in the middle after a move, and is in sight at the next one yet. */
const inSightPaces = 2.5

/** Moves a view after what runs: in glides with rests between them, or in seldom steps where little motion is wanted. */
export class Follower {
  readonly #options: Options
  #isOn = false
  #movedAt = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined
  #frame: number | undefined

  constructor(options: Options) {
    this.#options = options
  }

  get isOn(): boolean {
    return this.#isOn
  }

  start(): void {
    this.#isOn = true
    this.#movedAt = -Infinity
    this.look()
  }

  stop(): void {
    this.#isOn = false
    clearTimeout(this.#timer)
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#timer = this.#frame = undefined
  }

  /** Something has changed: moves now, or as soon as it is time to. */
  look(): void {
    if (!this.#isOn || this.#timer !== undefined || this.#frame !== undefined) return
    const pace = this.#options.isStill() ? stillPaceMs : paceMs
    const wait = this.#movedAt + pace - performance.now()
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.look()
      }, wait)
      return
    }
    const move = this.#options.next(inSightPaces * pace)
    if (!move) return
    this.#movedAt = performance.now()
    if (this.#options.isStill()) this.#options.show(move.to)
    else this.#glide(move.from, move.to)
  }

  #glide(from: View, to: View): void {
    const start = performance.now()
    const step = (now: number) => {
      const part = Math.min(1, Math.max(0, now - start) / glideMs)
      this.#frame = part < 1 ? requestAnimationFrame(step) : undefined
      this.#options.show(part < 1 ? between(from, to, 1 - (1 - part) ** 3) : to)
    }
    this.#frame = requestAnimationFrame(step)
  }
}

/** Every place of the graph goes straight from where it is to where it will be. */
function between(from: View, to: View, part: number): View {
  const at = (key: keyof View) => from[key] + (to[key] - from[key]) * part
  return { scaleX: at('scaleX'), scaleY: at('scaleY'), left: at('left'), top: at('top') }
}
