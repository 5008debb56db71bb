import type { Clock } from '../../src/clock.ts'

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  #now = 0
  readonly #timers = new Set<{ due: number; callback: () => void }>()

  now(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.#now + ms, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Moves on, and calls back what falls due on the way, in order. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const [next] = [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)
      if (!next) break
      this.#timers.delete(next)
      this.#now = next.due
      next.callback()
    }
    this.#now = end
  }

  /** Moves on as when the process was stopped meanwhile: what fell due is called once, and all is late. */
  wakeAfter(ms: number): void {
    this.#now += ms
    for (const timer of [...this.#timers].filter(({ due }) => due <= this.#now)) {
      this.#timers.delete(timer)
      timer.callback()
    }
  }
}
