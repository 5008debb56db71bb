import { onInterrupt } from '../interrupts.ts'
import type { Context } from '../commands/context.ts'
import type { Answer } from '../connection/api.ts'
import { asciiGlyphs, utf8Glyphs } from '../terminal/glyphs.ts'
import { paintOf } from '../world.ts'
import { LiveRegion } from '../terminal/live-region.ts'
import { expressionChanged, predictionChanged, tasksChanged, type ExpressionView } from './documents.ts'
import { Lines } from './lines.ts'
import { renderEnd, renderWatch } from './render.ts'
import { isUnfinished, watchStateOf, withEvent, type WatchEvent, type WatchState } from './state.ts'

export type WatchEnd =
  | { readonly kind: 'ended'; readonly expression: ExpressionView }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'interrupted' }
  | Exclude<Answer<never>, { kind: 'data' }>

export interface WatchOptions {
  readonly digits: number
  /** Called at Ctrl-C. Whether to go on watching, to see what becomes of it. */
  readonly onInterrupt: () => 'leave' | 'stay'
}

/** How often times that are shown move on. */
const redrawMs = 250
/** Of more tasks a terminal shows only how many there are. */
const mostTasks = 2_000
/** Where lines are written, an expression that ends within this time is not asked what it waits for. */
const patienceMs = 1_000

/** Watches an expression to its end, and shows on the way how it goes. */
export async function watchExpression(
  context: Context,
  first: ExpressionView,
  options: WatchOptions,
): Promise<WatchEnd> {
  if (!isUnfinished(first.status)) return { kind: 'ended', expression: first }
  const { clock } = context.world
  let state = watchStateOf(first)
  const shown = context.isWatched ? new Picture(context) : new Lines(context)
  let stopIntent = () => {}
  let stopPatience = () => {}
  const end = await new Promise<WatchEnd>((resolve) => {
    const take = (event: WatchEvent) => {
      state = withEvent(state, event)
      shown.show(state)
      if (!isUnfinished(state.expression.status)) resolve({ kind: 'ended', expression: state.expression })
    }
    stopIntent = onInterrupt(() => {
      if (options.onInterrupt() === 'leave') resolve({ kind: 'interrupted' })
    })
    shown.show(state)
    const live = context.openLive((connection) => take({ kind: 'connection', connection }))
    const { id } = first
    live.subscribe(
      expressionChanged,
      { id, digits: options.digits },
      {
        next: (data) => take({ kind: 'expression', expression: data.expressionChanged }),
        end: (why) => resolve(why.kind === 'completed' ? { kind: 'deleted' } : why),
      },
    )
    const end = () => {}
    const foresee = () =>
      live.subscribe(
        predictionChanged,
        { id },
        {
          next: (data) => take({ kind: 'prediction', prediction: data.predictionChanged, at: clock.now() }),
          end,
        },
      )
    if (!context.isWatched) {
      if (!context.isQuiet) stopPatience = clock.after(patienceMs, foresee)
      return
    }
    foresee()
    if (first.progress.total > mostTasks) return
    live.subscribe(
      tasksChanged,
      { id },
      {
        next: (data) => take({ kind: 'tasks', tasks: data.tasksChanged, at: clock.now() }),
        end,
      },
    )
  })
  stopIntent()
  stopPatience()
  shown.end(state, end)
  context.close()
  return end
}

/** On a terminal: a picture that is drawn anew in its place. */
class Picture {
  readonly #context: Context
  readonly #region: LiveRegion
  #state: WatchState | undefined
  #cancelTick: () => void = () => {}
  readonly #redraw = () => this.#draw()
  readonly #resume = () => {
    this.#region.leave()
    this.#draw()
  }

  constructor(context: Context) {
    const { errors, environment } = context.world
    this.#context = context
    this.#region = new LiveRegion(errors, paintOf(errors, environment))
    errors.on('resize', this.#redraw)
    process.on('SIGCONT', this.#resume)
    this.#tick()
  }

  show(state: WatchState): void {
    this.#state = state
    this.#draw()
  }

  end(state: WatchState, { kind }: WatchEnd): void {
    const { errors } = this.#context.world
    this.#cancelTick()
    errors.off('resize', this.#redraw)
    process.off('SIGCONT', this.#resume)
    this.#region.clear()
    if (kind === 'ended') this.#context.say([renderEnd(state, this.#glyphs)])
  }

  get #glyphs() {
    return this.#context.world.environment.isUtf8 ? utf8Glyphs : asciiGlyphs
  }

  #tick(): void {
    this.#cancelTick = this.#context.world.clock.after(redrawMs, () => {
      this.#draw()
      this.#tick()
    })
  }

  #draw(): void {
    if (this.#state === undefined) return
    const { columns, rows } = this.#region
    const now = this.#context.world.clock.now()
    this.#region.draw(renderWatch(this.#state, { columns, rows, now, glyphs: this.#glyphs }))
  }
}
