import { setTimeout as delay } from 'node:timers/promises'
import type { OperationDurations } from '../domain/operation.ts'
import { purgeExpiredTokens } from '../use-cases/purge-expired-tokens.ts'
import type { SchedulerPort } from '../use-cases/scheduler-port.ts'
import type { Services } from '../use-cases/services.ts'
import { Appender } from './appender.ts'
import { Attempts } from './attempts.ts'
import { Borrowing } from './borrowing.ts'
import { BroughtAlong } from './brought-along.ts'
import { CatchUp } from './catch-up.ts'
import type { SchedulerDeps } from './deps.ts'
import { Dispatcher } from './dispatcher.ts'
import { Ending } from './ending.ts'
import { Intake } from './intake.ts'
import { listen } from './listeners.ts'
import { Membership } from './membership.ts'
import { MovedSessions } from './moved-sessions.ts'
import { Offences } from './offences.ts'
import { Offering } from './offering.ts'
import { createOwnership } from './ownership.ts'
import { reassignOverdue } from './overdue.ts'
import { Recovery } from './recovery.ts'
import { Results } from './results.ts'
import { Scrutiny } from './scrutiny.ts'
import { Sessions } from './sessions.ts'
import type { SchedulerState } from './state.ts'
import { Stranded } from './stranded.ts'
import { forgetDeleted, forgetGoneAgents, purgeOldLogs, Sweeper, touchConnectedAgents } from './sweeps.ts'
import { Tickets } from './ticket.ts'

export interface Scheduler extends SchedulerPort {
  start(): Promise<void>
  /** Agents that go from here on are not lost: call it before the sockets are closed. */
  prepareStop(): void
  /** Lets go of what it owns, once all that arrived is on disk: call it when the sockets are closed. */
  stop(): Promise<void>
}

interface SchedulerOptions extends Omit<Services, 'scheduler' | 'accounts' | 'insertions'> {
  readonly state: SchedulerState
  readonly ticketSecret: string
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { state, announcer, logger, ids, live } = options
  const tickets = new Tickets(options.ticketSecret)
  const dispatcher = new Dispatcher({ ...options, tickets })
  const deps: SchedulerDeps = { ...options, tickets, dispatcher, replicaId: ids.next() }
  state.replicaId = deps.replicaId
  const ending = new Ending(deps)
  const attempts = new Attempts(deps, ending)
  const catchUp = new CatchUp(deps, ending)
  const recovery = new Recovery(deps)
  const intake = new Intake(deps, { recovery, catchUp, ownership: createOwnership(deps, ending) })
  const offering = new Offering(deps, attempts, catchUp)
  ending.onLeft = (owned) => offering.forget(owned)
  const borrowing = new Borrowing(deps, attempts)
  const membership = new Membership(deps, ending)
  const moved = new MovedSessions(deps, attempts, catchUp)
  const broughtAlong = new BroughtAlong(deps)
  const sessions = new Sessions(deps, attempts, moved, broughtAlong)
  const appender = new Appender(deps, ending)
  recovery.beforePlacing = async (owned) => {
    await appender.flush()
    await catchUp.run(owned)
    await attempts.endIfSpent(owned)
  }
  const scrutiny = new Scrutiny({ ids, clock: options.clock, maxDigits: options.environment.MAX_DIGITS })
  const offences = new Offences(deps, attempts)
  const results = new Results(deps, { appender, attempts, ending, catchUp, scrutiny, offences })
  const stranded = new Stranded(deps)
  const sweeper = new Sweeper(logger)

  /** Other replicas may have come by slots, or by tasks, since this one looked. */
  const exchange = async () => {
    await offering.sweep()
    offering.offerSoon()
    borrowing.noticeOffers()
  }
  const refreshDurations = async () => {
    const operations = await live.operations()
    const durations = operations.map(({ kind, durationMs }) => [kind, durationMs])
    state.currentDurations = Object.fromEntries(durations) as OperationDurations
  }
  listen(announcer, deps, {
    borrowing,
    broughtAlong,
    ending,
    intake,
    moved,
    offering,
    recovery,
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
        { name: 'offers', everyMs: 1_000, run: () => exchange() },
        { name: 'stranded agents', everyMs: 1_000, run: () => stranded.sweep() },
        { name: 'agents elsewhere', everyMs: 1_000, run: () => sessions.checkMoved() },
        { name: 'queue', everyMs: 1_000, run: () => intake.noticeBacklog() },
        { name: 'overdue tasks', everyMs: 1_000, run: () => reassignOverdue(deps, attempts) },
        { name: 'tasks without another agent', everyMs: 1_000, run: () => dispatcher.retrySetAside() },
        { name: 'durations', everyMs: 10_000, run: refreshDurations },
        { name: 'heartbeat of agents', everyMs: 5_000, run: () => touchConnectedAgents(deps) },
        { name: 'agents that are long gone', everyMs: 60_000, run: () => forgetGoneAgents(deps) },
        { name: 'retention', everyMs: 60_000, run: () => purgeOldLogs(deps) },
        { name: 'deleted expressions', everyMs: 60_000, run: () => forgetDeleted(deps) },
        { name: 'expired tokens', everyMs: 3_600_000, run: () => purgeExpiredTokens(deps).then(() => {}) },
      ])
    },
    prepareStop: () => sessions.stop(),
    async stop() {
      const limit = () => delay(options.environment.STOP_TIMEOUT_MS, undefined, { ref: false })
      // With the database gone nothing of this ends; what is lost then is sent or taken over again.
      await Promise.race([sweeper.stop().then(() => appender.idle()), limit()])
      const leaving = membership.leave().catch((error: unknown) => logger.warn({ err: error }, 'could not sign off'))
      await Promise.race([leaving, limit()])
    },
  }
}
