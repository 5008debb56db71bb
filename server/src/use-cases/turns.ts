import { Lines } from '../domain/lines.ts'

/** How long work of this kind may hold the event loop before everything else has its turn, in milliseconds. */
const sliceMs = 10

/** Entries of a list that are resolved without looking at the time. */
const groupSize = 16

type Job = () => void

interface TurnsOptions {
  /** Milliseconds that never go back. */
  readonly now: () => number
  /** What it returns tells how much time has been taken since. */
  readonly startWatch: () => () => number
  /** Is told how long work that waited has held the event loop. */
  readonly onSpent: (client: string, ms: number) => void
}

/**
 * Shares the event loop between long work and everything else. Work goes on at once while there is time left in the present turn; what
 * comes later waits in a line, one line a client, and the lines take turns: who asks for much waits longest, and nobody waits for it.
 */
export class Turns {
  readonly #options: TurnsOptions
  readonly #lines = new Lines<Job>()
  /** When something of this kind first ran since the event loop last came round. */
  #since: number | null = null
  #isWorking = false

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /** Whether the present turn of the event loop has no time left. */
  get isOver(): boolean {
    if (this.#since !== null) return this.#options.now() - this.#since >= sliceMs
    this.#begin()
    return false
  }

  /** Runs when its client's turn comes. */
  later<Result>(client: string, work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) =>
      this.#enqueue(client, () => {
        try {
          resolve(work())
        } catch (error) {
          reject(error)
        }
      }),
    )
  }

  /**
   * A list for graphql-js, which works on an entry as soon as it is there: the first entries are, the others come in groups, each in its turn.
   * @param isEnded once it says so nobody waits for the entries that have not come, and they never do
   */
  spread<Entry>(client: string, entries: readonly Entry[], isEnded: () => boolean): (Entry | Promise<Entry>)[] {
    if (entries.length <= groupSize) return [...entries]
    const waiting: { readonly entry: Entry; readonly resolve: (entry: Entry) => void }[] = []
    const spread = entries.map((entry, place) =>
      place < groupSize ? entry : new Promise<Entry>((resolve) => waiting.push({ entry, resolve })),
    )
    let next = 0
    const step = () => {
      if (isEnded()) return
      const end = Math.min(next + groupSize, waiting.length)
      for (const { entry, resolve } of waiting.slice(next, end)) resolve(entry)
      next = end
      if (next < waiting.length) this.#enqueue(client, step)
    }
    this.#enqueue(client, step)
    return spread
  }

  #begin(): void {
    this.#since = this.#options.now()
    setImmediate(() => (this.#since = null))
  }

  #enqueue(client: string, job: Job): void {
    this.#lines.add(client, job)
    if (!this.#isWorking) void this.#work()
  }

  async #work(): Promise<void> {
    this.#isWorking = true
    while (!this.#lines.isEmpty) {
      await new Promise((resolve) => setImmediate(resolve))
      this.#begin()
      do await this.#runNext()
      while (!this.#lines.isEmpty && !this.isOver)
    }
    this.#isWorking = false
  }

  async #runNext(): Promise<void> {
    const next = this.#lines.next()
    if (next === undefined) return
    const stop = this.#options.startWatch()
    next.job()
    // What waited for the job goes on before this does.
    await Promise.resolve()
    this.#options.onSpent(next.client, stop())
  }
}
