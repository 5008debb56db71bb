/** Each result moves the mean by so much: a change is known after some dozens. */
const weight = 0.05

/** No single result counts for more: an agent that slept says nothing of the next. */
const maxMs = 1_000

/**
 * How much longer than its duration a task keeps its slot, as the last results were: the way to the agent and back, and what timers are late.
 */
export class OverheadMeter {
  #meanMs = 1

  note(ms: number): void {
    this.#meanMs += weight * (Math.min(Math.max(0, ms), maxMs) - this.#meanMs)
  }

  get meanMs(): number {
    return this.#meanMs
  }
}
