import { pino } from 'pino'
import { v7 } from 'uuid'
import { systemClock, type Clock } from '../../../src/clock.ts'
import { encodePlan } from '../../../src/domain/plan/plan-codec.ts'
import { systemIds } from '../../../src/ids.ts'
import { silentMeter } from '../../../src/metering/meter.ts'
import { createAnnouncer } from '../../../src/realtime/announcer.ts'
import { Outbox } from '../../../src/scheduler/memory/outbox.ts'
import { OwnedExpression } from '../../../src/scheduler/memory/owned-expression.ts'
import { newSession, type Session } from '../../../src/scheduler/memory/session.ts'
import { SchedulerState } from '../../../src/scheduler/memory/state.ts'
import { Tickets } from '../../../src/scheduler/memory/ticket.ts'
import { Intake } from '../../../src/scheduler/ownership/intake.ts'
import { Recovery } from '../../../src/scheduler/ownership/recovery.ts'
import { persistentStore } from '../../../src/scheduler/persist.ts'
import { AssignmentBook } from '../../../src/scheduler/placing/assignment-book.ts'
import type { SchedulerDeps } from '../../../src/scheduler/placing/deps.ts'
import { Dispatcher } from '../../../src/scheduler/placing/dispatcher.ts'
import { Appender } from '../../../src/scheduler/results/appender.ts'
import { Attempts } from '../../../src/scheduler/results/attempts.ts'
import { CatchUp } from '../../../src/scheduler/results/catch-up.ts'
import { Ending } from '../../../src/scheduler/results/ending.ts'
import { Faults } from '../../../src/scheduler/results/faults.ts'
import { ForeignResults } from '../../../src/scheduler/results/foreign-results.ts'
import { Offences } from '../../../src/scheduler/results/offences.ts'
import { Results } from '../../../src/scheduler/results/results.ts'
import { Scrutiny } from '../../../src/scheduler/results/scrutiny.ts'
import { createSchedulerStore } from '../../../src/store/scheduler-store.ts'
import { planOf, second } from '../../domain/support/compiling.ts'
import type { StoreBench } from '../../store/support.ts'
import { testEnvironment } from '../../support/test-environment.ts'

const plan = planOf('(1+2)*(3+4)')

/** A replica's parts on a real database, and an expression that it has begun. */
export async function beginAtReplica(bench: StoreBench, clock: Clock = systemClock) {
  const announcer = createAnnouncer()
  const state = new SchedulerState(clock)
  state.currentDurations = second
  const book = new AssignmentBook({ announcer, state, clock })
  const tickets = new Tickets('a secret of these tests')
  const shared = { clock, meter: silentMeter, announcer, state, book, tickets, environment: testEnvironment() }
  const store = createSchedulerStore(bench.database)
  const world = { clock, meter: silentMeter, logger: pino({ level: 'silent' }), ids: systemIds, store }
  const deps: SchedulerDeps = {
    ...{ ...shared, ...world, persistent: persistentStore(world) },
    dispatcher: new Dispatcher(shared),
    replicaId: await bench.replica(),
  }
  const ownerId = await bench.user()
  const id = await bench.expression(ownerId, { replicaId: deps.replicaId, plan: JSON.stringify(encodePlan(plan)) })
  const beginning = { id, ownerId, epoch: 1, retryEpoch: 0, plan }
  const owned = new OwnedExpression(beginning, [], state.currentDurations, systemClock.now())
  state.own(owned)
  return { deps, ending: new Ending(deps), owned }
}

/** An agent with one slot. */
export function openSession({ state }: SchedulerDeps, agentId: string): Session {
  const connection = { state: 'open', close: () => undefined } as const
  const session = newSession(agentId, { tokenId: v7(), sessionId: v7(), name: 'an agent', slots: 1 })
  session.place = { kind: 'here', attachment: { connection, outbox: new Outbox(() => undefined) } }
  state.sessions.set(agentId, session)
  return session
}

/** What brings expressions into memory. */
export function createIntake(deps: SchedulerDeps, ending = new Ending(deps)): Intake {
  const { catchUp, ...parts } = createResultParts(deps, ending)
  return new Intake(deps, ending, new Recovery(deps, { ...parts, catchUp }), parts.foreignResults)
}

/** What takes agents' results in. */
export function createResults(deps: SchedulerDeps, ending: Ending, appender = new Appender(deps, ending)): Results {
  return new Results(deps, createResultParts(deps, ending, appender))
}

export function createResultParts(deps: SchedulerDeps, ending: Ending, appender = new Appender(deps, ending)) {
  const attempts = new Attempts(deps, ending)
  const catchUp = new CatchUp(deps, ending)
  const scrutiny = new Scrutiny({ ids: deps.ids, clock: deps.clock, maxDigits: deps.environment.MAX_DIGITS })
  const offences = new Offences(deps, attempts)
  const parts = { appender, attempts, catchUp, scrutiny, offences }
  return { ...parts, faults: new Faults(deps, ending), foreignResults: new ForeignResults(deps, parts) }
}
