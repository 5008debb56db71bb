/** What was started and is to be stopped, last first. May be asked to stop at any time, in the middle of the start too. */
export class Shutdown {
  private readonly stops: (() => Promise<void>)[] = []
  private stopping: Promise<void> | null = null

  /** What is started after the stop was asked for is stopped at once. */
  async add(stop: () => Promise<void>): Promise<void> {
    this.stops.push(stop)
    if (this.stopping) await this.runAll()
  }

  get isStopping(): boolean {
    return this.stopping !== null
  }

  stop(): Promise<void> {
    this.stopping ??= this.runAll()
    return this.stopping
  }

  /** A part that fails to stop does not keep the others from it; the first error is thrown at the end. */
  private async runAll(): Promise<void> {
    const errors: unknown[] = []
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop())
      try {
        await stop()
      } catch (error) {
        errors.push(error)
      }
    if (errors.length > 0) throw errors[0]
  }
}
