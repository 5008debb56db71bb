import type { Context } from '../commands/context.ts'
import { plainLine, plainWait } from './plain.ts'
import type { WatchState } from './state.ts'

/** How long it waits for something until that is said: what has just happened may not be foreseen yet, and most waits are short. */
const standsMs = 1_000

/** Where nothing can be drawn: a line for each thing that is new. */
export class Lines {
  readonly #context: Context
  #said: string | undefined
  #wait: string | undefined
  /** Since the last line of something else. */
  #saidWait: string | undefined
  #cancelWait: () => void = () => {}

  constructor(context: Context) {
    this.#context = context
  }

  show(state: WatchState): void {
    const line = plainLine(state)
    const wait = plainWait(state)
    if (line === this.#said && wait === this.#wait) return
    this.#cancelWait()
    if (line !== this.#said) {
      this.#context.remark(line)
      this.#said = line
      this.#saidWait = undefined
    }
    this.#wait = wait
    if (wait !== undefined && wait !== this.#saidWait)
      this.#cancelWait = this.#context.world.clock.after(standsMs, () => {
        this.#context.remark(wait)
        this.#saidWait = wait
      })
  }

  end(): void {
    this.#cancelWait()
  }
}
