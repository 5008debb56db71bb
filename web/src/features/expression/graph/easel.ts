import { draw, type Scene } from './picture.ts'
import type { View } from './view.ts'

/** Milliseconds of a picture of the screen that drawing may take. */
const budgetMs = 6

/**
 * Draws scenes on a canvas without ever holding up the page: in slices, on a second canvas, which is shown when it is done. Until then the
 * last picture stands, moved to where the new one will be.
 */
export class Easel {
  readonly #front: HTMLCanvasElement
  readonly #back = document.createElement('canvas')
  readonly #onShown: () => void
  #work: Generator<void> | null = null
  #drawing: Scene | null = null
  #next: Scene | null = null
  #shown: View | null = null
  #frame: number | undefined

  constructor(front: HTMLCanvasElement, onShown: () => void) {
    this.#front = front
    this.#onShown = onShown
  }

  /** The scene is shown some pictures later, unless another is asked for before. */
  show(scene: Scene): void {
    // What is half drawn is finished, though it lies elsewhere by then: else a scene that keeps changing would never be seen.
    if (this.#drawing !== null && this.#drawing.size !== scene.size) this.#work = null
    this.#next = scene
    this.#frame ??= requestAnimationFrame(this.#step)
    this.#shift(scene)
  }

  dispose(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
  }

  readonly #step = () => {
    this.#frame = undefined
    if (this.#work === null && this.#next !== null) this.#begin(this.#next)
    const until = performance.now() + budgetMs
    while (this.#work !== null && performance.now() < until) if (this.#work.next().done === true) this.#finish()
    if (this.#work !== null || this.#next !== null) this.#frame = requestAnimationFrame(this.#step)
  }

  #begin(scene: Scene): void {
    const pen = prepare(this.#back, scene)
    this.#work = pen && draw(pen, scene)
    this.#drawing = scene
    this.#next = null
  }

  #finish(): void {
    this.#work = null
    if (!this.#drawing) return
    const pen = prepare(this.#front, this.#drawing)
    pen?.setTransform(1, 0, 0, 1, 0, 0)
    pen?.drawImage(this.#back, 0, 0)
    this.#shown = this.#drawing.view
    this.#drawing = null
    this.#front.style.transform = ''
    if (this.#next) this.#shift(this.#next)
    this.#onShown()
  }

  /** Moves the picture that is there by a transformation, which costs no drawing. */
  #shift({ view }: Scene): void {
    const shown = this.#shown
    if (!shown) return
    const x = view.scaleX / shown.scaleX
    const y = view.scaleY / shown.scaleY
    this.#front.style.transformOrigin = '0 0'
    this.#front.style.transform = `matrix(${x}, 0, 0, ${y}, ${view.left - shown.left * x}, ${view.top - shown.top * y})`
  }
}

/** A canvas of as many dots as the screen has there. Setting its size, even to what it is, clears it. */
function prepare(canvas: HTMLCanvasElement, { size }: Scene): CanvasRenderingContext2D | null {
  const density = Math.min(2, devicePixelRatio)
  const width = Math.round(size.width * density)
  const height = Math.round(size.height * density)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const pen = canvas.getContext('2d', { alpha: false })
  pen?.setTransform(density, 0, 0, density, 0, 0)
  return pen
}
