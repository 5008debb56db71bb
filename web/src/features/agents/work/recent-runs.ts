/** What a slot did or does, as the server tells it. */
export interface ToldRun {
  readonly agentId: string
  readonly operation: string
  readonly startedAt: string
  readonly endedAt: string | null
  readonly isLost: boolean
  readonly expressionId: string | null
}

export interface Run {
  readonly kind: 'mine' | 'others' | 'lost'
  readonly operation: string
  /** Milliseconds since 1970, by the server's clock. */
  readonly from: number
  /** Null while it runs. */
  readonly to: number | null
  /** Null where it is another user's. */
  readonly expressionId: string | null
}

/** What one slot of an agent did. */
export interface Lane {
  readonly agentId: string
  /** Whether it is the first of its agent's. */
  readonly isFirst: boolean
  readonly runs: readonly Run[]
}

/** So long it is remembered, and so many at most. */
const keptMs = 10 * 60_000
const maxRuns = 10_000

/** Clocks differ by a little: what overlaps by less came one after the other. */
const toleranceMs = 3

/** What agents did lately, gathered from what the server tells bit by bit. */
export class RecentRuns {
  #ended: { readonly agentId: string; readonly run: Run }[] = []
  #running: { readonly agentId: string; readonly run: Run }[] = []

  add(event: { readonly at: string; readonly runs: readonly ToldRun[]; readonly running: readonly ToldRun[] }): void {
    const oldest = Date.parse(event.at) - keptMs
    const all = [...this.#ended, ...event.runs.map(asRun)]
    this.#ended = all.slice(-maxRuns).filter(({ run }) => (run.to ?? 0) >= oldest)
    this.#running = event.running.map(asRun)
  }

  /** In the order of these agents; what others did that are gone comes last. */
  lanes(agentIds: readonly string[]): Lane[] {
    const byAgent = new Map<string, Run[]>(agentIds.map((id) => [id, []]))
    for (const { agentId, run } of [...this.#ended, ...this.#running]) {
      const runs = byAgent.get(agentId) ?? []
      byAgent.set(agentId, runs)
      runs.push(run)
    }
    return [...byAgent].flatMap(([agentId, runs]) => lanesOf(agentId, runs))
  }

  /** Of the time since a moment. */
  count(since: number): { readonly all: number; readonly mine: number; readonly lost: number } {
    const recent = this.#ended.filter(({ run }) => (run.to ?? 0) >= since)
    const lost = recent.filter(({ run }) => run.kind === 'lost').length
    return { all: recent.length - lost, mine: recent.filter(({ run }) => run.kind === 'mine').length, lost }
  }
}

function asRun({ agentId, operation, startedAt, endedAt, isLost, expressionId }: ToldRun) {
  const kind: Run['kind'] = isLost ? 'lost' : expressionId === null ? 'others' : 'mine'
  const to = endedAt === null ? null : Date.parse(endedAt)
  return { agentId, run: { kind, operation, from: Date.parse(startedAt), to, expressionId } }
}

function lanesOf(agentId: string, runs: readonly Run[]): Lane[] {
  const lanes: { runs: Run[]; freeAt: number }[] = []
  for (const run of runs.toSorted((a, b) => a.from - b.from)) {
    const free = lanes.find(({ freeAt }) => freeAt <= run.from + toleranceMs)
    const lane = free ?? { runs: [], freeAt: 0 }
    if (!free) lanes.push(lane)
    lane.runs.push(run)
    lane.freeAt = run.to ?? Infinity
  }
  return lanes.map(({ runs }, place) => ({ agentId, isFirst: place === 0, runs }))
}
