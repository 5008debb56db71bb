import type { AgentCounts, TaskCounts } from '../../store/agents/add-counts.ts'

type Counts = Record<keyof TaskCounts, number>

interface Tally {
  readonly seen: Counts
  readonly written: Counts
  /** What its row has besides what was seen here; null where nobody has looked. */
  elsewhere: TaskCounts | null
}

const none = (): Counts => ({ done: 0, failed: 0, lost: 0 })

/**
 * What became of tasks, by agent: done, failed (its error, or a result that was refused), lost (with the agent, or overdue). Counted in
 * memory and written with the heartbeat of agents: see docs/decisions/0039.
 */
export class Tallies {
  readonly #byAgent = new Map<string, Tally>()

  /** An agent comes. @param total what its row has counted */
  begin(agentId: string, total: TaskCounts): void {
    // Of one that is counted here already, what it brings may have been written meanwhile, or not.
    if (!this.#byAgent.has(agentId)) this.#byAgent.set(agentId, { seen: none(), written: none(), elsewhere: total })
  }

  count(agentId: string, what: keyof Counts, by = 1): void {
    let tally = this.#byAgent.get(agentId)
    if (tally === undefined) this.#byAgent.set(agentId, (tally = { seen: none(), written: none(), elsewhere: null }))
    tally.seen[what] += by
  }

  /** How many it has done since it was first counted here. */
  doneOf(agentId: string): number {
    return this.#byAgent.get(agentId)?.seen.done ?? 0
  }

  /** What became of its tasks in all, written or not. Others may have seen more; nobody has seen less. */
  totalOf(agentId: string): TaskCounts | undefined {
    const tally = this.#byAgent.get(agentId)
    return tally?.elsewhere ? added(tally.elsewhere, tally.seen) : undefined
  }

  unwritten(): AgentCounts[] {
    return [...this.#byAgent].flatMap(([agentId, { seen, written }]) => {
      const [done, failed, lost] = [seen.done - written.done, seen.failed - written.failed, seen.lost - written.lost]
      return done + failed + lost === 0 ? [] : [{ agentId, done, failed, lost }]
    })
  }

  /** These are written now. @param totals what the rows say then */
  noteWritten(counts: readonly AgentCounts[], totals: readonly AgentCounts[]): void {
    for (const { agentId, done, failed, lost } of counts) {
      const tally = this.#byAgent.get(agentId)
      if (tally === undefined) continue
      tally.written.done += done
      tally.written.failed += failed
      tally.written.lost += lost
    }
    for (const { agentId, done, failed, lost } of totals) {
      const tally = this.#byAgent.get(agentId)
      if (tally === undefined) continue
      const { written } = tally
      tally.elsewhere = { done: done - written.done, failed: failed - written.failed, lost: lost - written.lost }
    }
  }

  /** Of agents that are gone nothing is kept but what is not written. */
  forgetWritten(isHere: (agentId: string) => boolean): void {
    const unwritten = new Set(this.unwritten().map(({ agentId }) => agentId))
    for (const agentId of this.#byAgent.keys())
      if (!isHere(agentId) && !unwritten.has(agentId)) this.#byAgent.delete(agentId)
  }
}

const added = (one: TaskCounts, other: TaskCounts): TaskCounts => ({
  done: one.done + other.done,
  failed: one.failed + other.failed,
  lost: one.lost + other.lost,
})
