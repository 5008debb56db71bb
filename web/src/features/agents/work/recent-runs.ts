import { RunTally, type RunCount } from './run-tally.ts'

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

/** What has happened since the last event. */
interface WorkEvent {
  readonly at: string
  /** Whether it tells of the past as well. */
  readonly isFirst: boolean
  readonly runs: readonly ToldRun[]
  readonly running: readonly ToldRun[]
  /** How many ended besides. */
  readonly skipped: number
}

/** So long it is remembered, and so many at most are drawn. */
const keptMs = 10 * 60_000
const maxRuns = 10_000

/** Clocks differ by a little: what overlaps by less came one after the other. */
const toleranceMs = 3

/** What agents did lately, gathered from what the server tells bit by bit. */
export class RecentRuns {
  #ended: { readonly agentId: string; readonly run: Run }[] = []
  #running: { readonly agentId: string; readonly run: Run }[] = []
  readonly #tally = new RunTally()

  add({ at, isFirst, runs, running, skipped }: WorkEvent): void {
    const now = Date.parse(at)
    const ended = runs.map(asRun)
    const toCount = ended.map(({ run }) => run)
    if (isFirst) this.#tally.begin(toCount)
    this.#tally.add(now, toCount, skipped, keptMs)
    const all = [...this.#ended, ...ended]
    this.#ended = all.slice(-maxRuns).filter(({ run }) => (run.to ?? 0) >= now - keptMs)
    this.#running = running.map(asRun)
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
  count(since: number): RunCount {
    return this.#tally.count(since)
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
