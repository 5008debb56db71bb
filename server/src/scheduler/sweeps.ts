import type { SchedulerDeps } from './placing/deps.ts'
import type { World } from './world.ts'

/** A piece of work that comes round. */
export interface Sweep {
  readonly name: string
  readonly everyMs: number
  /** @param isStopping to be asked by one that goes on for long: the goodbye of a replica waits for it */
  readonly run: (isStopping: IsStopping) => Promise<void> | void
}

export type IsStopping = () => boolean

/** Runs sweeps, each at its interval and never twice at once; one that fails is logged and comes round again. */
export class Sweeper {
  /** How the next run of each is called off. */
  private readonly cancels = new Map<Sweep, () => void>()
  private readonly running = new Set<Promise<void>>()
  private stopped = false
  private readonly world: Pick<World, 'clock' | 'logger'>

  constructor(world: Pick<World, 'clock' | 'logger'>) {
    this.world = world
  }

  start(sweeps: readonly Sweep[]): void {
    for (const sweep of sweeps) this.plan(sweep)
  }

  /** Stops, and waits for what is running. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const cancel of this.cancels.values()) cancel()
    await Promise.all(this.running)
  }

  private plan(sweep: Sweep): void {
    if (this.stopped) return
    const cancel = this.world.clock.after(sweep.everyMs, () => {
      const run = this.run(sweep)
      this.running.add(run)
      void run.finally(() => {
        this.running.delete(run)
        this.plan(sweep)
      })
    })
    this.cancels.set(sweep, cancel)
  }

  private async run({ name, run }: Sweep): Promise<void> {
    try {
      await run(() => this.stopped)
    } catch (error) {
      this.world.logger.error({ err: error }, `the sweep "${name}" failed; it comes round again`)
    }
  }
}

/**
 * Writes which agents were heard of. Nobody is told: of an agent that is connected the answer is always "just now". What an admin asked of it, and
 * was said while this replica could not hear, is said again.
 */
export async function touchConnectedAgents({ announcer, state, store }: SchedulerDeps): Promise<void> {
  const connected = [...state.sessions.values()].filter(({ place }) => place.kind === 'here')
  const drainingBefore = new Map(connected.map(({ agentId, draining }) => [agentId, draining]))
  const touched = connected.length > 0 ? await store.presence.touch([...drainingBefore.keys()]) : []
  for (const { id, tokenId, isDraining, suspendedFor, isTokenRevoked } of touched) {
    const session = state.sessions.get(id)
    if (session === undefined) continue
    if (isTokenRevoked) announcer.broadcast({ kind: 'agentTokenRevoked', id: tokenId })
    else if (suspendedFor !== null) announcer.broadcast({ kind: 'agentSuspended', id, reason: suspendedFor })
    // What was heard while the statement was on its way is younger than its answer.
    else if (session.draining === drainingBefore.get(id) && session.draining !== isDraining)
      announcer.broadcast({ kind: isDraining ? 'agentDrained' : 'agentUndrained', id })
  }
  await noteAgentsThatComputed({ state, store })
}

/** Writes what became of agents' tasks since the last time. What a replica has counted since then is lost with it. */
export async function writeTallies({ announcer, state, store }: SchedulerDeps): Promise<void> {
  const counts = state.tallies.unwritten()
  if (counts.length > 0) state.tallies.noteWritten(counts, await store.presence.addCounts(counts))
  state.tallies.forgetWritten((agentId) => state.sessions.has(agentId))
  for (const { agentId } of counts) announcer.announce({ kind: 'agent', id: agentId })
}

/** How many looks it takes until what they have changed is told: whoever watches agents is not to hear of each every second. */
const looksPerNews = 5

/** Looks at what the agents here do, once a second. Told is what has changed, now and then. */
export function agentWatch({ announcer, state }: SchedulerDeps): () => void {
  let looks = 0
  return () => {
    looks++
    for (const session of state.sessions.values()) {
      const { activity, agentId, assignments, slots } = session
      activity.sample(Math.min(assignments.size, slots), slots, state.tallies.doneOf(agentId))
      if (looks % looksPerNews !== 0 || !activity.hasNews()) continue
      state.revise(session)
      announcer.announce({ kind: 'agentWork', id: agentId })
    }
  }
}

async function noteAgentsThatComputed({ state, store }: Pick<SchedulerDeps, 'state' | 'store'>): Promise<void> {
  const computed = [...state.sessions.values()].filter(({ hasComputed }) => hasComputed === 'yes')
  if (computed.length === 0) return
  await store.presence.noteComputed(computed.map(({ agentId }) => agentId))
  for (const session of computed) session.hasComputed = 'noted'
}

/** How long an agent is known that went without having computed anything: its own machine may have been started anew. */
const goneAgentSeconds = 600

/** Forgets agents that came and went, and that nothing names, and those that are long gone. */
export async function forgetGoneAgents({ announcer, environment, store }: SchedulerDeps): Promise<void> {
  const after = { idleSeconds: goneAgentSeconds, anySeconds: environment.AGENT_RETENTION_SECONDS }
  for (const id of await store.presence.forgetGone(after)) announcer.announce({ kind: 'agent', id })
}

/** How long it is known that an expression was deleted: longer than a page is away and comes back. */
const deletedKnownSeconds = 3_600

/** Forgets expressions that were deleted long ago, for good. */
export async function forgetDeleted({ store }: SchedulerDeps, isStopping: IsStopping): Promise<void> {
  while (!isStopping() && (await store.upkeep.forgetDeleted(deletedKnownSeconds)) > 0);
}

/** Purges logs of expressions that finished longer ago than the retention time. */
export async function purgeOldLogs(
  { store, environment, logger }: SchedulerDeps,
  isStopping: IsStopping,
): Promise<void> {
  for (let more = true; more && !isStopping();) {
    const outcome = await store.upkeep.purgeLogs(environment.RETENTION_SECONDS)
    if (outcome.purged > 0) logger.debug({ expressions: outcome.purged }, 'purged logs')
    more = outcome.more
  }
}
