/** As the schema tells of `WorkEvent.runs`: so many at first, and of so many a second all. */
const mostAtFirst = 2_000
const mostPerSecond = 50

const secondMs = 1_000

export interface RunCount {
  /** Without those that came to nothing. */
  readonly all: number
  readonly mine: number
  readonly lost: number
  /** Whether some are counted of which it is not told whose they are, nor what became of them. */
  readonly isMineAtLeast: boolean
  /** Whether there may have been more, of which nothing is told. */
  readonly isAllAtLeast: boolean
}

interface EndedRun {
  readonly kind: 'mine' | 'others' | 'lost'
  /** When it ended. */
  readonly to: number | null
}

interface Second {
  told: number
  mine: number
  lost: number
  skipped: number
}

/** How many runs ended when, to the second, those included that the server counts and does not tell one by one. */
export class RunTally {
  readonly #seconds = new Map<number, Second>()
  /** Before this moment more may have ended than was told. */
  #completeSince = -Infinity

  /** What was told first: of the time before it nothing says how many were left out. */
  begin(ended: readonly EndedRun[]): void {
    if (ended.length >= mostAtFirst) this.#completeSince = ended[0]?.to ?? 0
    for (const [place, { to }] of ended.entries()) {
      const before = ended[place - mostPerSecond + 1]?.to ?? -Infinity
      if (to !== null && before !== null && to - before <= secondMs) this.#completeSince = to
    }
  }

  add(at: number, ended: readonly EndedRun[], skipped: number, keptMs: number): void {
    for (const { to, kind } of ended) {
      const second = this.#secondOf(to ?? at)
      second.told += 1
      if (kind === 'mine') second.mine += 1
      if (kind === 'lost') second.lost += 1
    }
    if (skipped > 0) this.#secondOf(at).skipped += skipped
    for (const start of this.#seconds.keys()) if (start < at - keptMs - secondMs) this.#seconds.delete(start)
  }

  /** Of the time since a moment. */
  count(since: number): RunCount {
    const sum: Second = { told: 0, mine: 0, lost: 0, skipped: 0 }
    for (const [start, { told, mine, lost, skipped }] of this.#seconds) {
      if (start + secondMs <= since) continue
      sum.told += told
      sum.mine += mine
      sum.lost += lost
      sum.skipped += skipped
    }
    const isAllAtLeast = since < this.#completeSince
    return {
      all: sum.told - sum.lost + sum.skipped,
      mine: sum.mine,
      lost: sum.lost,
      isMineAtLeast: isAllAtLeast || sum.skipped > 0,
      isAllAtLeast,
    }
  }

  #secondOf(time: number): Second {
    const start = Math.floor(time / secondMs) * secondMs
    const second = this.#seconds.get(start) ?? { told: 0, mine: 0, lost: 0, skipped: 0 }
    this.#seconds.set(start, second)
    return second
  }
}
