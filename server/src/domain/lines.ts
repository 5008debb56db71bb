/** What waits, in one line a client. The lines take turns: who asks for much waits longest, and nobody else waits for it. */
export class Lines<Job> {
  /** In the order of their turns: a map keeps that in which keys were added. */
  readonly #lines = new Map<string, Job[]>()

  get isEmpty(): boolean {
    return this.#lines.size === 0
  }

  add(client: string, job: Job): void {
    const line = this.#lines.get(client)
    if (line) line.push(job)
    else this.#lines.set(client, [job])
  }

  /** Takes the job whose turn it is out of its line. */
  next(): { readonly client: string; readonly job: Job } | undefined {
    for (const [client, line] of this.#lines) {
      const job = line.shift()
      this.#lines.delete(client)
      if (line.length > 0) this.#lines.set(client, line)
      if (job !== undefined) return { client, job }
    }
    return undefined
  }
}
