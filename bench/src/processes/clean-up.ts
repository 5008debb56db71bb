/** What was started and is to be ended, the last first. Ends each once, and all even where one fails. */
export class CleanUp {
  private readonly steps: (() => unknown)[] = []

  /** Takes note of how to end something. */
  add(step: () => unknown): void {
    this.steps.push(step)
  }

  async run(): Promise<void> {
    const problems: unknown[] = []
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop())
      try {
        await step()
      } catch (error) {
        problems.push(error)
      }
    if (problems.length > 0) throw new AggregateError(problems, `could not stop: ${problems.map(String).join('; ')}`)
  }
}
