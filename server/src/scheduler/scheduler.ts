import { waitAtMost } from '../clock.ts'
import type { Environment } from '../env.ts'
import type { Announcer } from '../realtime/announcer.ts'
import type { SchedulerPort } from '../use-cases/scheduler-port.ts'
import { listen } from './listeners.ts'
import type { SchedulerState } from './memory/state.ts'
import { createParts } from './parts.ts'
import { reassignOverdue } from './results/overdue.ts'
import {
  agentWatch,
  forgetDeleted,
  forgetGoneAgents,
  purgeOldLogs,
  Sweeper,
  touchConnectedAgents,
  writeTallies,
  type Sweep,
} from './sweeps.ts'
import type { World } from './world.ts'

export interface Scheduler extends SchedulerPort {
  start(): Promise<void>
  /** Agents that go from here on are not lost: call it before the sockets are closed. */
  prepareStop(): void
  /**
   * Lets go of what it owns, once all that arrived is on disk: call it when the sockets are closed.
   * @param left how many milliseconds it may still wait for the database
   */
  stop(left: () => number): Promise<void>
}

export interface SchedulerOptions extends World {
  readonly environment: Environment
  readonly announcer: Announcer
  readonly state: SchedulerState
  /** The same for all replicas. */
  readonly ticketSecret: string
  /** Sweeps of others that go round with its own. */
  readonly housekeeping: readonly Sweep[]
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { state, clock, logger, store } = options
  const parts = createParts(options)
  const { deps, appender, attempts, claiming, intake, membership, offering, remoteWork, sessions } = parts
  state.replicaId = deps.replicaId
  const sweeper = new Sweeper(options)
  const refreshDurations = async () => {
    state.currentDurations = await store.upkeep.durations()
  }
  listen(parts, refreshDurations)

  /** Other replicas may have come by slots, or by tasks, since this one looked. */
  const exchange = async () => {
    await offering.withdrawOld()
    await remoteWork.sweep()
    offering.offerSoon()
    claiming.noticeOffers()
  }

  return {
    replicaId: deps.replicaId,
    admit: (id, ownerId) => intake.admit(id, ownerId),
    begin: (expression) => intake.begin(expression),
    dismiss: (id) => intake.dismiss(id),
    openSession: (opening) => sessions.open(opening),
    prepareLeaving: (agentId, heldTickets) => sessions.prepareLeaving(agentId, heldTickets),
    submitResults: (agentId, submitted) => parts.results.submit(agentId, submitted),
    refreshDurations,
    async start() {
      await refreshDurations()
      await membership.join()
      await intake.takeOver()
      sweeper.start([
        // In this order: a replica that was thought lost itself must not take over what was its own.
        { name: 'replicas', everyMs: 1_000, run: () => membership.beat().then(() => intake.takeOver()) },
        { name: 'ownership', everyMs: 2_000, run: () => membership.checkOwnership().then(() => intake.adopt()) },
        { name: 'remote work', everyMs: 1_000, run: exchange },
        { name: 'orphaned agents', everyMs: 1_000, run: () => parts.orphaned.sweep() },
        { name: 'queue', everyMs: 1_000, run: () => intake.noticeBacklog() },
        { name: 'overdue tasks', everyMs: 1_000, run: () => reassignOverdue(deps, attempts) },
        { name: 'tasks without another agent', everyMs: 1_000, run: () => deps.dispatcher.retrySetAside() },
        { name: 'durations', everyMs: 10_000, run: refreshDurations },
        { name: 'heartbeat of agents', everyMs: 5_000, run: () => touchConnectedAgents(deps) },
        { name: 'counts of agents', everyMs: 5_000, run: () => writeTallies(deps) },
        { name: 'activity of agents', everyMs: 1_000, run: agentWatch(deps) },
        { name: 'agents that are long gone', everyMs: 60_000, run: () => forgetGoneAgents(deps) },
        { name: 'retention', everyMs: 60_000, run: (isStopping) => purgeOldLogs(deps, isStopping) },
        { name: 'deleted expressions', everyMs: 60_000, run: (isStopping) => forgetDeleted(deps, isStopping) },
        ...options.housekeeping,
      ])
    },
    prepareStop: () => sessions.stop(),
    async stop(left) {
      // With the database gone nothing of this ends; what is lost then is sent or taken over again.
      const written = sweeper.stop().then(() => appender.idle())
      const counted = written
        .then(() => writeTallies(deps))
        .catch((error: unknown) => logger.warn({ err: error }, 'could not write counts'))
      await waitAtMost(clock, left(), counted)
      const leaving = membership.leave().catch((error: unknown) => logger.warn({ err: error }, 'could not sign off'))
      await waitAtMost(clock, left(), leaving)
    },
  }
}
