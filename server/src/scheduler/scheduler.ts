import { waitAtMost } from '../clock.ts'
import type { Environment } from '../env.ts'
import type { Announcer } from '../realtime/announcer.ts'
import type { SchedulerPort } from '../use-cases/scheduler-port.ts'
import { Appender } from './results/appender.ts'
import { Attempts } from './results/attempts.ts'
import { Claiming } from './remote/claiming.ts'
import { CatchUp } from './results/catch-up.ts'
import type { SchedulerDeps } from './placing/deps.ts'
import { AssignmentBook } from './placing/assignment-book.ts'
import { Dispatcher } from './placing/dispatcher.ts'
import { Ending } from './results/ending.ts'
import { Intake } from './ownership/intake.ts'
import { listen } from './listeners.ts'
import { Loader } from './ownership/loader.ts'
import { Membership } from './ownership/membership.ts'
import { Handoffs } from './remote/handoffs.ts'
import { Offences } from './results/offences.ts'
import { Offering } from './remote/offering.ts'
import { RemoteWork } from './remote/remote-work.ts'
import { reassignOverdue } from './results/overdue.ts'
import { persistentStore } from './persist.ts'
import { Recovery } from './ownership/recovery.ts'
import { Results } from './results/results.ts'
import { Scrutiny } from './results/scrutiny.ts'
import { Sessions } from './agents/sessions.ts'
import type { SchedulerState } from './memory/state.ts'
import { OrphanedAgents } from './agents/orphaned.ts'
import { forgetDeleted, forgetGoneAgents, purgeOldLogs, Sweeper, touchConnectedAgents, type Sweep } from './sweeps.ts'
import { Tickets } from './memory/ticket.ts'
import type { World } from './world.ts'

export interface Scheduler extends SchedulerPort {
  start(): Promise<void>
  /** Agents that go from here on are not lost: call it before the sockets are closed. */
  prepareStop(): void
  /** Lets go of what it owns, once all that arrived is on disk: call it when the sockets are closed. */
  stop(): Promise<void>
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
  const { state, announcer, clock, logger, ids, store } = options
  const tickets = new Tickets(options.ticketSecret)
  const book = new AssignmentBook(options)
  const dispatcher = new Dispatcher({ ...options, tickets, book })
  const persistent = persistentStore(options)
  const deps: SchedulerDeps = { ...options, persistent, tickets, book, dispatcher, replicaId: ids.next() }
  state.replicaId = deps.replicaId
  const ending = new Ending(deps)
  const attempts = new Attempts(deps, ending)
  const catchUp = new CatchUp(deps, ending)
  const recovery = new Recovery(deps)
  const intake = new Intake(deps, { recovery, loader: new Loader(deps, ending) })
  const handoffs = new Handoffs(deps, attempts, catchUp)
  const remoteWork = new RemoteWork(deps, attempts, catchUp, handoffs)
  const offering = new Offering(deps, remoteWork)
  const claiming = new Claiming(deps, attempts)
  const membership = new Membership(deps, ending)
  const sessions = new Sessions(deps, attempts, handoffs)
  const fillSlots = () => {
    intake.look()
    offering.withdrawSoon()
    claiming.look()
  }
  sessions.onOpened = fillSlots
  dispatcher.onSlotsFree = fillSlots
  dispatcher.onSlotsFull = () => offering.offerSoon()
  const appender = new Appender(deps, ending)
  recovery.beforePlacing = async (owned) => {
    await appender.flush()
    await catchUp.run(owned)
    await attempts.endIfSpent(owned)
  }
  const scrutiny = new Scrutiny({ ids, clock: options.clock, maxDigits: options.environment.MAX_DIGITS })
  const offences = new Offences(deps, attempts)
  const results = new Results(deps, { appender, attempts, ending, catchUp, scrutiny, offences })
  const orphaned = new OrphanedAgents(deps)
  const sweeper = new Sweeper(options)

  /** Other replicas may have come by slots, or by tasks, since this one looked. */
  const exchange = async () => {
    await offering.withdrawOld()
    await remoteWork.sweep()
    offering.offerSoon()
    claiming.noticeOffers()
  }
  const refreshDurations = async () => {
    state.currentDurations = await store.upkeep.durations()
  }
  listen(announcer, deps, {
    claiming,
    ending,
    intake,
    offering,
    recovery,
    remoteWork,
    sessions,
    refreshDurations,
  })

  return {
    replicaId: deps.replicaId,
    admit: (id, ownerId) => intake.admit(id, ownerId),
    begin: (expression) => intake.begin(expression),
    dismiss: (id) => intake.dismiss(id),
    openSession: (opening) => sessions.open(opening),
    submitResults: (agentId, submitted) => results.submit(agentId, submitted),
    refreshDurations,
    async start() {
      await refreshDurations()
      await membership.join()
      await intake.takeOver()
      sweeper.start([
        // In this order: a replica that was thought lost itself must not take over what was its own.
        { name: 'replicas', everyMs: 1_000, run: () => membership.beat().then(() => intake.takeOver()) },
        { name: 'ownership', everyMs: 2_000, run: () => membership.checkOwnership().then(() => intake.adopt()) },
        { name: 'remote work', everyMs: 1_000, run: () => exchange() },
        { name: 'orphaned agents', everyMs: 1_000, run: () => orphaned.sweep() },
        { name: 'queue', everyMs: 1_000, run: () => intake.noticeBacklog() },
        { name: 'overdue tasks', everyMs: 1_000, run: () => reassignOverdue(deps, attempts) },
        { name: 'tasks without another agent', everyMs: 1_000, run: () => dispatcher.retrySetAside() },
        { name: 'durations', everyMs: 10_000, run: refreshDurations },
        { name: 'heartbeat of agents', everyMs: 5_000, run: () => touchConnectedAgents(deps) },
        { name: 'agents that are long gone', everyMs: 60_000, run: () => forgetGoneAgents(deps) },
        { name: 'retention', everyMs: 60_000, run: () => purgeOldLogs(deps) },
        { name: 'deleted expressions', everyMs: 60_000, run: () => forgetDeleted(deps) },
        ...options.housekeeping,
      ])
    },
    prepareStop: () => sessions.stop(),
    async stop() {
      const { STOP_TIMEOUT_MS: limitMs } = options.environment
      // With the database gone nothing of this ends; what is lost then is sent or taken over again.
      const written = sweeper.stop().then(() => appender.idle())
      await waitAtMost(clock, limitMs, written)
      const leaving = membership.leave().catch((error: unknown) => logger.warn({ err: error }, 'could not sign off'))
      await waitAtMost(clock, limitMs, leaving)
    },
  }
}
