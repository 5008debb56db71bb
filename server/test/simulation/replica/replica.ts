import pino from 'pino'
import { createAnnouncer, type Announcement, type Announcer } from '../../../src/realtime/announcer.ts'
import { Dispatcher } from '../../../src/scheduler/dispatcher.ts'
import { Intake } from '../../../src/scheduler/intake.ts'
import { reassignOverdue } from '../../../src/scheduler/overdue.ts'
import { SchedulerState } from '../../../src/scheduler/state.ts'
import { Sweeper } from '../../../src/scheduler/sweeps.ts'
import { Tickets } from '../../../src/scheduler/ticket.ts'
import type { SchedulerDeps } from '../../../src/scheduler/deps.ts'
import type { SessionOpening, SubmittedResult, TaskReceipt } from '../../../src/use-cases/scheduler-port.ts'
import { testEnvironment } from '../../support/test-environment.ts'
import type { ModelOwnedRow } from '../../model/expression-model.ts'
import type { Connection } from '../connection.ts'
import type { Context } from '../context.ts'
import { Process } from '../event-loop.ts'
import { Endings } from './endings.ts'
import { FailedAttempts } from './failed-attempts.ts'
import { IncomingResults } from './incoming-results.ts'
import { LogReader } from './log-reader.ts'
import { LogWriter } from './log-writer.ts'
import { Membership } from './membership.ts'
import { createOwnership } from './ownership.ts'
import type { Parts } from './parts.ts'
import { ResumeWait } from './resume-wait.ts'
import { SessionBook } from './session-book.ts'
import { StoreLink } from './store-link.ts'
import { Watching } from './watching.ts'

export const environment = testEnvironment()
const logger = pino({ level: 'silent' })

interface ReplicaOptions {
  /** How far its clock is off, in milliseconds. */
  readonly clockSkewMs: number
  /** Told of tickets that went back in line without an attempt. */
  readonly onHandedBack: (tickets: readonly string[]) => void
}

/** A server process: the scheduler's parts on the model of the store. */
export class Replica {
  readonly process: Process
  readonly id: string
  readonly state: SchedulerState
  /** The time by its own clock. */
  readonly now: () => number
  readonly announcer: Announcer = createAnnouncer()
  readonly intake: Intake<ModelOwnedRow>
  readonly ending: Endings
  readonly watching: Watching
  readonly connections = new Set<Connection>()
  readonly store: StoreLink
  /** While its line to the others is broken. */
  isDeaf = false
  isServing = false
  private readonly sessions: SessionBook
  private readonly results: IncomingResults
  private readonly writer: LogWriter
  private readonly membership: Membership
  private readonly sweeper = new Sweeper(logger)
  private readonly parts: Parts
  private readonly attempts: FailedAttempts
  private readonly context: Context

  constructor(context: Context, { clockSkewMs, onHandedBack }: ReplicaOptions) {
    this.context = context
    const { loop, random, broken } = context
    this.id = context.nextId()
    this.process = new Process(`replica ${this.id.slice(-4)}`)
    this.store = new StoreLink({ ...context, replica: this.process })
    this.now = () => loop.now() + clockSkewMs
    const clock = { now: this.now }
    this.state = new SchedulerState(clock)
    this.state.currentDurations = context.durations
    const tickets = new Tickets('the same secret for all replicas')
    const shared = { clock, tickets, announcer: this.announcer, state: this.state }
    const deps: SchedulerDeps = {
      ...shared,
      ...{ environment, logger, replicaId: this.id, dispatcher: new Dispatcher(shared) },
      ids: { next: context.nextId, random: () => random.next(), secret: () => context.nextId() },
      get database(): never {
        throw new Error('there is no SQL in a simulation')
      },
      get live(): never {
        throw new Error('there is no SQL in a simulation')
      },
    }
    this.parts = { deps, store: this.store, broken }
    this.ending = new Endings(this.parts)
    this.attempts = new FailedAttempts(this.parts, this.ending)
    this.writer = new LogWriter(this.parts, this.ending)
    const catchUp = new LogReader(this.parts, this.ending)
    const wait = new ResumeWait(this.parts, (owned) => this.writer.flush().then(() => catchUp.run(owned)))
    this.intake = new Intake(deps, { recovery: wait, catchUp, ownership: createOwnership(this.parts, catchUp) })
    this.membership = new Membership(this.parts, this.ending)
    this.sessions = new SessionBook(this.parts, this.attempts, wait, onHandedBack)
    const { ending, attempts } = this
    this.results = new IncomingResults(this.parts, { appender: this.writer, attempts, ending, catchUp })
    this.watching = new Watching(this.parts)
    this.announcer.on('expressionQueued', ({ ownerId }) => this.intake.noticeBacklog(ownerId))
    this.announcer.on('expressionLeft', ({ ownerId }) => this.intake.noticeLeft(ownerId))
    this.announcer.on('slotsOpened', () => this.intake.look())
    this.announcer.on('missed', () => this.intake.noticeBacklog())
    this.announcer.on('expressionCancelled', ({ id }) => this.ending.drop(id))
    this.announcer.on('logWritten', ({ expressionId }) => {
      const owned = this.state.owned.get(expressionId)
      if (owned) void catchUp.run(owned)
    })
  }

  /** Tries until the database is there. */
  async start(): Promise<void> {
    try {
      await this.membership.join()
      await this.intake.takeOver()
    } catch {
      this.context.loop.schedule(this.process, 500, () => void this.start())
      return
    }
    const { deps, broken } = this.parts
    this.isServing = true
    this.sweeper.start([
      { name: 'replicas', everyMs: 1_000, run: () => this.membership.beat().then(() => this.intake.takeOver()) },
      {
        name: 'ownership',
        everyMs: 2_000,
        run: () => this.membership.checkOwnership().then(() => this.intake.adopt()),
      },
      { name: 'stranded agents', everyMs: 1_000, run: () => this.membership.sweepStranded() },
      { name: 'queue', everyMs: 1_000, run: () => this.intake.noticeBacklog() },
      {
        name: 'overdue tasks',
        everyMs: 1_000,
        run: async () => {
          if (broken !== 'never gives out an overdue task again') await reassignOverdue(deps, this.attempts)
        },
      },
      { name: 'tasks without another agent', everyMs: 1_000, run: () => deps.dispatcher.retrySetAside() },
    ])
  }

  /** As at SIGTERM. Resolves when the process may end. */
  async stop(): Promise<void> {
    this.isServing = false
    this.sessions.stop()
    for (const connection of this.connections) connection.close()
    await this.sweeper.stop()
    await this.writer.idle()
    await this.membership.leave().catch(() => undefined)
  }

  async accept(connection: Connection, opening: Omit<SessionOpening, 'connection'>): Promise<void> {
    if (!this.isServing) return connection.tellAgent()
    this.connections.add(connection)
    try {
      const outbox = await this.sessions.open({ ...opening, connection })
      if (outbox) await connection.carry(outbox)
    } catch {
      // The database is gone: the agent comes again.
    }
    connection.tellAgent()
    this.connections.delete(connection)
  }

  submitResults(agentId: string, results: readonly SubmittedResult[]): Promise<TaskReceipt[]> {
    return this.results.submit(agentId, results)
  }

  /** What stands in memory, for whoever reads a history. */
  describe(): string {
    const sessions = [...this.state.sessions.values()].map(
      ({ name, attachment, held }) => `${name}${attachment ? '' : ' (away)'} holds ${held.size}`,
    )
    const owned = [...this.state.owned.values()].map(({ id, epoch, recovering, graph }) => {
      const tasks = graph.tasks.map(({ state, holders }) => state + '*'.repeat(holders.length)).join(' ')
      return `${id.slice(-4)} epoch ${epoch}${recovering ? ' recovering' : ''}: ${tasks}`
    })
    return `${this.process.name}: ${[...sessions, `queue ${this.state.queue.size}`, ...owned].join('; ')}`
  }

  /** What another replica announced. */
  hear(announcement: Announcement): void {
    if (!this.isDeaf) this.announcer.relay(announcement)
  }
}
