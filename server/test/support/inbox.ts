/** How long a test waits for what must come. Generous: only a test that fails waits so long. */
const patienceMs = 15_000

/** What has come in, in order, for a test to take one by one, waiting where nothing has come yet. */
export class Inbox<Item> {
  private readonly items: Item[] = []
  private wake: () => void = () => {}
  private problem: Error | null = null
  private readonly name: string

  /** @param name of what comes in, for the message of a test that waits in vain */
  constructor(name: string) {
    this.name = name
  }

  put(item: Item): void {
    this.items.push(item)
    this.wake()
  }

  /** Nothing more comes. What has come can still be taken. */
  close(reason: string): void {
    this.problem ??= new Error(`${this.name}: ${reason}`)
    this.wake()
  }

  /** How many wait to be taken. */
  get size(): number {
    return this.items.length
  }

  next(): Promise<Item> {
    return this.until(() => true)
  }

  /** Takes what comes up to the first that fits, which it returns. */
  async until(fits: (item: Item) => boolean): Promise<Item> {
    const deadline = Date.now() + patienceMs
    const seen: Item[] = []
    for (;;) {
      const item = this.items.shift()
      if (item === undefined) {
        if (this.problem) throw this.problem
        await this.arrival(deadline, seen)
        continue
      }
      if (fits(item)) return item
      seen.push(item)
    }
  }

  private async arrival(deadline: number, seen: readonly Item[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const isLate = await new Promise<boolean>((resolve) => {
      this.wake = () => resolve(false)
      timer = setTimeout(() => resolve(true), deadline - Date.now())
    })
    clearTimeout(timer)
    if (isLate) throw new Error(`${this.name}: waited in vain; came: ${JSON.stringify(seen).slice(0, 2_000)}`)
  }
}
