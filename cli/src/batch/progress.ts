import type { Context } from '../commands/context.ts'
import { formatDuration } from '../terminal/duration.ts'
import { LiveRegion } from '../terminal/live-region.ts'
import { paintOf } from '../world.ts'
import type { Batch } from './batch.ts'
import type { BatchWriter } from './writer.ts'

const redrawMs = 500

/** How a batch goes: a line at a terminal, and at the end one for everybody. */
export class BatchProgress {
  readonly #context: Context
  readonly #batch: Batch
  readonly #writer: BatchWriter
  readonly #region: LiveRegion
  readonly #startedAt: number
  #cancelTick: () => void = () => {}

  constructor(context: Context, batch: Batch, writer: BatchWriter) {
    const { errors, environment, clock } = context.world
    this.#context = context
    this.#batch = batch
    this.#writer = writer
    this.#region = new LiveRegion(errors, paintOf(errors, environment))
    this.#startedAt = clock.now()
    if (context.isWatched) this.#tick()
    context.beforeSaying = () => this.#region.clear()
  }

  end(): void {
    this.#cancelTick()
    this.#region.clear()
    this.#context.remark(this.#text())
  }

  #tick(): void {
    this.#region.draw([[{ text: this.#text(), tone: 'busy' }]])
    this.#cancelTick = this.#context.world.clock.after(redrawMs, () => this.#tick())
  }

  #text(): string {
    const ended = [...this.#writer.counts.values()].reduce((sum, count) => sum + count, 0)
    const ms = this.#context.world.clock.now() - this.#startedAt
    const parts = [...this.#writer.counts].map(([status, count]) => `${count} ${status.toLowerCase()}`)
    const open = this.#batch.read - ended
    if (open > 0) parts.push(`${open} under way`)
    return `${ended} ${ended === 1 ? 'line' : 'lines'} in ${formatDuration(ms)}: ${parts.join(', ') || 'nothing yet'}`
  }
}
