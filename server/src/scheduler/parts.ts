import { inBackground } from '../realtime/in-background.ts'
import { OrphanedAgents } from './agents/orphaned.ts'
import { Sessions } from './agents/sessions.ts'
import { Tickets } from './memory/ticket.ts'
import { Intake } from './ownership/intake.ts'
import { Membership } from './ownership/membership.ts'
import { Recovery } from './ownership/recovery.ts'
import { persistentStore } from './persist.ts'
import { AssignmentBook } from './placing/assignment-book.ts'
import type { SchedulerDeps } from './placing/deps.ts'
import { Dispatcher } from './placing/dispatcher.ts'
import { Claiming } from './remote/claiming.ts'
import { announceAssigned } from './remote/foreign-assignments.ts'
import { Handoffs } from './remote/handoffs.ts'
import { Offering } from './remote/offering.ts'
import { RemoteWork } from './remote/remote-work.ts'
import { Appender } from './results/appender.ts'
import { Attempts } from './results/attempts.ts'
import { CatchUp } from './results/catch-up.ts'
import { Ending } from './results/ending.ts'
import { Faults } from './results/faults.ts'
import { ForeignResults } from './results/foreign-results.ts'
import { Offences } from './results/offences.ts'
import { Results } from './results/results.ts'
import { Scrutiny } from './results/scrutiny.ts'
import type { SchedulerOptions } from './scheduler.ts'

export type SchedulerParts = ReturnType<typeof createParts>

/** The parts of a scheduler, each made of those above it. */
export function createParts(options: SchedulerOptions) {
  const { clock, environment, ids } = options
  const tickets = new Tickets(options.ticketSecret)
  const book = new AssignmentBook(options)
  const dispatcher = new Dispatcher({ ...options, tickets, book })
  const persistent = persistentStore(options)
  const deps: SchedulerDeps = { ...options, persistent, tickets, book, dispatcher, replicaId: ids.next() }
  const ending = new Ending(deps)
  const appender = new Appender(deps, ending)
  const attempts = new Attempts(deps, ending)
  const faults = new Faults(deps, ending)
  const catchUp = new CatchUp(deps, ending)
  const scrutiny = new Scrutiny({ ids, clock, maxDigits: environment.MAX_DIGITS })
  const offences = new Offences(deps, attempts)
  const foreignResults = new ForeignResults(deps, { appender, attempts, catchUp, scrutiny, offences })
  const results = new Results(deps, { appender, attempts, faults, scrutiny, offences, foreignResults })
  const handoffs = new Handoffs(deps, attempts, catchUp)
  const remoteWork = new RemoteWork(deps, attempts, catchUp, handoffs)
  const offering = new Offering(deps, remoteWork)
  const claiming = new Claiming(deps, attempts)
  const sessions = new Sessions(deps, attempts, handoffs)
  const orphaned = new OrphanedAgents(deps)
  const recovery = new Recovery(deps, { appender, catchUp, attempts, foreignResults })
  const intake = new Intake(deps, ending, recovery, foreignResults)
  const membership = new Membership(deps, ending)
  dispatcher.onSlotsFree = () => {
    intake.look()
    offering.withdrawSoon()
    claiming.look()
  }
  dispatcher.solitude.onOfferPlaced = (offer, session) => announceAssigned(deps, session, 'offer', [offer])
  dispatcher.solitude.onOffersLeft = (offers) =>
    inBackground(deps.logger, 'return offers', () => attempts.returnOffers(offers))
  dispatcher.onSlotsFull = () => offering.offerSoon()
  return {
    ...{ deps, ending, appender, attempts, faults, results, foreignResults, remoteWork, offering, claiming },
    ...{ sessions, orphaned, recovery, intake, membership },
  }
}
