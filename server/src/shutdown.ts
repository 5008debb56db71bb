/** What was started and is to be stopped, last first. May be asked to stop at any time, in the middle of the start too. */
export class Shutdown {
  readonly #stops: (() => unknown)[] = []
  #starting: Promise<unknown> = Promise.resolve()
  #stopping: Promise<void> | null = null

  get isStopping(): boolean {
    return this.#stopping !== null
  }

  /** Takes note of how to stop what has been started. */
  add(stop: () => unknown): void {
    this.#stops.push(stop)
  }

  /**
   * Starts the next part; `start` itself takes note of how to stop it. A stop that is asked for meanwhile waits for it, so that nothing is left that
   * was started at that moment. Null where a stop was asked for: then there is nothing more to start.
   */
  async start<Part>(start: () => Promise<Part>): Promise<Part | null> {
    if (this.isStopping) return null
    const starting = start()
    this.#starting = starting
    const part = await starting
    return this.isStopping ? null : part
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll()
    return this.#stopping
  }

  /** A part that fails to stop does not keep the others from it; the first error is thrown at the end. */
  async #stopAll(): Promise<void> {
    // Whoever starts the part hears of its failure.
    await this.#starting.catch(() => {})
    const errors: unknown[] = []
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop())
      try {
        await stop()
      } catch (error) {
        errors.push(error)
      }
    if (errors.length > 0) throw errors[0]
  }
}
