import type { SelectionStore } from '../selection.ts'
import type { Task } from '../useTasks.ts'
import { Easel } from './easel.ts'
import { viewOfRunning } from './follow.ts'
import { Follower } from './follower.ts'
import type { GraphLayout } from './graph-layout.ts'
import type { GraphShape } from './graph-shape.ts'
import { drawMap, extentOf, placeOnMap } from './mini-map.ts'
import { nodeSizes } from './node-sizes.ts'
import { drawOverlay, taskAt } from './overlay.ts'
import { placeOf, type Scene } from './picture.ts'
import { readTheme, watchTheme, type Theme } from './theme.ts'
import { fit, isWhole, keepInSight, pan, show, zoom, type Size, type View } from './view.ts'

export interface Canvases {
  readonly frame: HTMLElement
  readonly picture: HTMLCanvasElement
  readonly overlay: HTMLCanvasElement
  readonly map: HTMLCanvasElement
}

export interface Graph {
  readonly shape: GraphShape
  readonly layout: GraphLayout
  readonly folded: ReadonlySet<number>
}

export interface Standing {
  readonly tasks: readonly Task[]
  readonly durations: ReadonlyMap<string, number>
  readonly critical: ReadonlySet<number>
}

interface Dependencies {
  readonly selection: SelectionStore
  /** The moment that is shown, in milliseconds since 1970. */
  readonly atMs: () => number
  /** Whether all of the graph is in sight has changed. */
  readonly onWhole: (isWhole: boolean) => void
  /** Somebody has moved the graph themselves, so that what runs is no longer followed. */
  readonly onLeave: () => void
}

const mapSize: Size = { width: 168, height: 104 }
const gaugePaceMs = 33

/** Draws a graph on its canvases, and moves it: React tells what there is to see, and has no part in a picture. */
export class Stage {
  readonly #canvases: Canvases
  readonly #deps: Dependencies
  readonly #easel: Easel
  readonly #stops: (() => void)[] = []
  readonly #stillness = matchMedia('(prefers-reduced-motion: reduce)')
  readonly #follower = new Follower({
    next: (forMs) => this.#nextToFollow(forMs),
    show: (view) => this.#look(view),
    isStill: () => this.#stillness.matches,
  })
  #graph: Graph | null = null
  #standing: Standing | null = null
  #scene: Scene | null = null
  #size: Size = { width: 0, height: 0 }
  #view: View | null = null
  #theme: Theme
  #overlayFrame: number | undefined
  #overlayAt = 0

  constructor(canvases: Canvases, deps: Dependencies) {
    this.#canvases = canvases
    this.#deps = deps
    this.#theme = readTheme(canvases.frame)
    this.#easel = new Easel(canvases.picture, () => this.#drawMap())
    const resizes = new ResizeObserver(() => this.#resize())
    resizes.observe(canvases.frame)
    this.#stops.push(
      () => resizes.disconnect(),
      () => this.#easel.dispose(),
      () => this.#follower.stop(),
      watchTheme(() => {
        this.#theme = readTheme(canvases.frame)
        this.#render()
      }),
      deps.selection.subscribe(() => this.#animate()),
    )
  }

  dispose(): void {
    for (const stop of this.#stops) stop()
    if (this.#overlayFrame !== undefined) cancelAnimationFrame(this.#overlayFrame)
  }

  /** @param kept the task that stays where it is on the screen */
  setGraph(graph: Graph, kept: number | null): void {
    const before = this.#scene && kept !== null && graph.layout.level[kept] !== -1 ? placeOf(this.#scene, kept) : null
    const wasWhole = this.#view === null || this.#isWhole()
    this.#graph = graph
    if (wasWhole) this.#view = null
    else if (before && this.#view && kept !== null) {
      const after = placeOf({ layout: graph.layout, view: this.#view }, kept)
      this.#view = pan(this.#view, before.x - after.x, before.y - after.y)
    }
    this.#render()
  }

  setStanding(standing: Standing): void {
    this.#standing = standing
    this.#render()
    this.#follower.look()
  }

  /** What runs is kept in sight, until somebody moves the graph themselves. */
  follow(isFollowing: boolean): void {
    if (isFollowing === this.#follower.isOn) return
    if (isFollowing) this.#follower.start()
    else this.#follower.stop()
  }

  zoom(factor: number, at = { x: this.#size.width / 2, y: this.#size.height / 2 }): void {
    if (this.#view && this.#graph) this.#move(zoom(this.#view, factor, at, this.#whole(this.#graph)))
  }

  pan(x: number, y: number): void {
    if (this.#view) this.#move(pan(this.#view, x, y))
  }

  fit(): void {
    this.#leave()
    this.#view = null
    this.#render()
  }

  /** Brings a task into sight, in a size in which it can be read where it is a grain. */
  reveal(task: number): void {
    if (!this.#scene || !this.#view || this.#scene.layout.level[task] === -1) return
    const { layout } = this.#scene
    const place = { x: layout.x[task]!, y: layout.level[task]! * layout.levelHeight }
    const view = show(this.#view, place, this.#size)
    if (view.left !== this.#view.left || view.top !== this.#view.top) this.#move(view)
  }

  taskAt(at: { x: number; y: number }, reach: number): number | null {
    return this.#scene && taskAt(this.#scene, at, reach)
  }

  /** Brings what lies below a place of the map into the middle. */
  goTo(onMap: { x: number; y: number }): void {
    if (!this.#scene || !this.#view) return
    const { x, y } = placeOnMap(this.#scene, mapSize, onMap)
    const { scaleX, scaleY } = this.#view
    const { width, height } = this.#size
    this.#move({ scaleX, scaleY, left: width / 2 - x * scaleX, top: height / 2 - y * scaleY })
  }

  #whole = ({ layout }: Graph): View => fit(extentOf({ layout }), this.#size)

  #isWhole = (): boolean =>
    this.#view === null || (this.#graph !== null && isWhole(this.#view, this.#whole(this.#graph)))

  /** As somebody wants it, who then looks where they want. */
  #move(view: View): void {
    this.#leave()
    this.#look(view)
  }

  #leave(): void {
    if (!this.#follower.isOn) return
    this.#follower.stop()
    this.#deps.onLeave()
  }

  #nextToFollow(forMs: number) {
    if (!this.#graph || !this.#standing || !this.#scene || !this.#view) return null
    const scene = { ...this.#scene, ...this.#graph, ...this.#standing, view: this.#view, size: this.#size }
    const to = viewOfRunning(scene, this.#whole(this.#graph), forMs)
    return to && { from: this.#view, to }
  }

  #look(view: View): void {
    if (!this.#graph) return
    this.#view = keepInSight(view, extentOf(this.#graph), this.#size)
    this.#render()
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvases.frame
    if (width === this.#size.width && height === this.#size.height) return
    const wasWhole = this.#isWhole()
    const before = this.#size
    this.#size = { width, height }
    if (wasWhole) this.#view = null
    // What stands in the middle stays there, as on a phone that is turned.
    else if (this.#view) this.#view = pan(this.#view, (width - before.width) / 2, (height - before.height) / 2)
    this.#render()
    this.#follower.look()
  }

  #render(): void {
    if (!this.#graph || !this.#standing || this.#size.width === 0) return
    this.#view ??= this.#whole(this.#graph)
    const { layout } = this.#graph
    const isMoved = this.#scene?.view !== this.#view || this.#scene.layout !== layout
    const sizes = isMoved || !this.#scene ? nodeSizes(layout, this.#view) : this.#scene.sizes
    this.#scene = { ...this.#graph, ...this.#standing, view: this.#view, sizes, size: this.#size, theme: this.#theme }
    this.#easel.show(this.#scene)
    this.#deps.onWhole(this.#isWhole())
    this.#animate()
  }

  #animate(): void {
    this.#overlayFrame ??= requestAnimationFrame(this.#drawOverlay)
  }

  readonly #drawOverlay = (now: number) => {
    this.#overlayFrame = undefined
    const { overlay } = this.#canvases
    if (!this.#scene || !this.#standing) return
    const pen = sized(overlay, this.#size)
    if (!pen) return
    // Thirty gauges a second look like sixty.
    if (now - this.#overlayAt < gaugePaceMs) return this.#animate()
    this.#overlayAt = now
    const { selection, atMs } = this.#deps
    const state = { selection: selection.get(), durations: this.#standing.durations, atMs: atMs() }
    if (drawOverlay(pen, this.#scene, state) && !this.#stillness.matches) this.#animate()
  }

  #drawMap(): void {
    if (!this.#scene || this.#isWhole()) return
    const pen = sized(this.#canvases.map, mapSize)
    if (pen) drawMap(pen, this.#scene, mapSize)
  }
}

function sized(canvas: HTMLCanvasElement, { width, height }: Size): CanvasRenderingContext2D | null {
  const density = Math.min(2, devicePixelRatio)
  if (canvas.width !== Math.round(width * density)) canvas.width = Math.round(width * density)
  if (canvas.height !== Math.round(height * density)) canvas.height = Math.round(height * density)
  const pen = canvas.getContext('2d')
  pen?.setTransform(density, 0, 0, density, 0, 0)
  return pen
}
