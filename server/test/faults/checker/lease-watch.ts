import type { Cluster } from '../harness/cluster.ts'

const intervalMs = 250
/** What a sweep and a busy machine may add to a lease's time. */
const slackMs = 4_000
const sweepMs = 1_000

/** The server's defaults, which fault tests leave as they are. */
const times = { replicaTimeoutMs: 4_000, sessionGraceMs: 1_500, resumeGraceMs: 4_000 }

/**
 * I5: no lease outlives its time plus a sweep, and no expression a lost owner. Looks at the database again and again while the test goes
 * on; what cannot be judged, because the database or all replicas cannot be reached, starts its time anew.
 */
export class LeaseWatch {
  /** By what stood too long, for how long it did. */
  private readonly violations = new Map<string, number>()
  private readonly since = new Map<string, number>()
  private readonly cluster: Cluster
  private stopped = false
  private readonly running: Promise<void>

  constructor(cluster: Cluster) {
    this.cluster = cluster
    this.running = this.run()
  }

  async stop(): Promise<string[]> {
    this.stopped = true
    await this.running
    return [...this.violations].map(([what, ms]) => `I5: ${what} by ${Math.round(ms)} ms`)
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await new Promise((resolve) => setTimeout(resolve, intervalMs))
      const { replicas, ground } = this.cluster
      const canBeJudged =
        replicas.some(({ openPorts }) => openPorts.length > 0) && ground.databaseNetwork?.isWhole !== false
      const askedAt = performance.now()
      const overdue = await this.look()
      if (!canBeJudged || performance.now() - askedAt > sweepMs) this.since.clear()
      else this.judge(overdue)
    }
  }

  /** What stands longer than it should, with how long it may. */
  private async look(): Promise<Map<string, number>> {
    const { cluster } = this
    const lost = await cluster.query<{ id: string }>(
      `SELECT id FROM expression
        WHERE status = 'RUNNING'
          AND NOT EXISTS (SELECT FROM replica WHERE replica.id = replica_id AND heartbeat_at > now() - $1 * interval '1 ms')`,
      [times.replicaTimeoutMs],
    )
    const gone = cluster.agents.filter(({ program }) => !program.isRunning).map(({ name }) => name)
    const present = await cluster.query<{ name: string; orphaned: boolean }>(
      `SELECT name, NOT EXISTS (SELECT FROM replica WHERE replica.id = replica_id AND heartbeat_at > now() - interval '2 s') AS orphaned
         FROM agent WHERE presence <> 'OFFLINE' AND name = ANY($1)`,
      [gone],
    )
    const { replicaTimeoutMs, sessionGraceMs, resumeGraceMs } = times
    return new Map([
      ...lost.map(({ id }) => [`expression ${id} outlived its owner`, sweepMs] as const),
      ...present.map(
        ({ name, orphaned }) =>
          [
            `the session of ${name} outlived it`,
            orphaned ? replicaTimeoutMs + resumeGraceMs + 2 * sweepMs : sessionGraceMs + sweepMs,
          ] as const,
      ),
    ])
  }

  private judge(overdue: ReadonlyMap<string, number>): void {
    for (const what of this.since.keys()) if (!overdue.has(what)) this.since.delete(what)
    const now = performance.now()
    for (const [what, limitMs] of overdue) {
      const since = this.since.get(what) ?? now
      this.since.set(what, since)
      if (now - since > limitMs + slackMs) this.violations.set(what, now - since)
    }
  }
}
