import { forgetAgents } from '../store/agents/forget-agents.ts'
import { noteComputed } from '../store/agents/note-computed.ts'
import { touchAgents } from '../store/agents/touch-agents.ts'
import { forgetDeletedExpressions } from '../store/expressions/forget-deleted-expressions.ts'
import { purgeLogs } from '../store/expressions/purge-logs.ts'
import type { SchedulerDeps } from './deps.ts'

/** A piece of work that comes round. */
export interface Sweep {
  readonly name: string
  readonly everyMs: number
  readonly run: () => Promise<void> | void
}

/** Runs sweeps, each at its interval and never twice at once; one that fails is logged and comes round again. */
export class Sweeper {
  private readonly timers = new Map<Sweep, NodeJS.Timeout>()
  private readonly running = new Set<Promise<void>>()
  private stopped = false
  private readonly logger: SchedulerDeps['logger']

  constructor(logger: SchedulerDeps['logger']) {
    this.logger = logger
  }

  start(sweeps: readonly Sweep[]): void {
    for (const sweep of sweeps) this.plan(sweep)
  }

  /** Stops, and waits for what is running. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const timer of this.timers.values()) clearTimeout(timer)
    await Promise.all(this.running)
  }

  private plan(sweep: Sweep): void {
    if (this.stopped) return
    const timer = setTimeout(() => {
      const run = this.run(sweep)
      this.running.add(run)
      void run.finally(() => {
        this.running.delete(run)
        this.plan(sweep)
      })
    }, sweep.everyMs)
    this.timers.set(sweep, timer)
  }

  private async run({ name, run }: Sweep): Promise<void> {
    try {
      await run()
    } catch (error) {
      this.logger.error({ err: error }, `the sweep "${name}" failed; it comes round again`)
    }
  }
}

/** Writes which agents were heard of. Nobody is told: of an agent that is connected the answer is always "just now". */
export async function touchConnectedAgents({ database, state }: SchedulerDeps): Promise<void> {
  const connected = [...state.sessions.values()].filter(({ attachment }) => attachment !== null)
  const ids = connected.map(({ agentId }) => agentId)
  if (ids.length > 0) await touchAgents(database.pool, ids)
  await noteAgentsThatComputed({ database, state })
}

async function noteAgentsThatComputed({ database, state }: Pick<SchedulerDeps, 'database' | 'state'>): Promise<void> {
  const computed = [...state.sessions.values()].filter(({ hasComputed }) => hasComputed === 'yes')
  if (computed.length === 0) return
  await noteComputed(
    database.pool,
    computed.map(({ agentId }) => agentId),
  )
  for (const session of computed) session.hasComputed = 'noted'
}

/** How long an agent is known that went without having computed anything: its own machine may have been started anew. */
const goneAgentSeconds = 600

/** Forgets agents that came and went, and that nothing names. */
export async function forgetGoneAgents({ database, announcer }: SchedulerDeps): Promise<void> {
  for (const id of await forgetAgents(database.pool, goneAgentSeconds)) announcer.announce({ kind: 'agent', id })
}

/** How long it is known that an expression was deleted: longer than a page is away and comes back. */
const deletedKnownSeconds = 3_600

/** Forgets expressions that were deleted long ago, for good. */
export async function forgetDeleted({ database }: SchedulerDeps): Promise<void> {
  while ((await forgetDeletedExpressions(database.pool, deletedKnownSeconds)) > 0);
}

/** Purges logs of expressions that finished longer ago than the retention time. */
export async function purgeOldLogs({ database, environment, logger }: SchedulerDeps): Promise<void> {
  for (let more = true; more;) {
    const outcome = await purgeLogs(database.pool, environment.RETENTION_SECONDS)
    if (outcome.purged > 0) logger.debug({ expressions: outcome.purged }, 'purged logs')
    more = outcome.more
  }
}
