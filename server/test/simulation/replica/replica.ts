import { pino, type Logger } from 'pino'
import { overdueAfterMs } from '../../../src/domain/tasks/lease.ts'
import { silentMeter } from '../../../src/metering/meter.ts'
import { createAnnouncer, type Announcement, type Announcer } from '../../../src/realtime/announcer.ts'
import { createScheduler, type Scheduler } from '../../../src/scheduler/scheduler.ts'
import type { Assignment } from '../../../src/scheduler/memory/assignment.ts'
import { SchedulerState } from '../../../src/scheduler/memory/state.ts'
import type { SessionOpening, SubmittedResult, TaskReceipt } from '../../../src/use-cases/scheduler-port.ts'
import type { Connection } from '../connection.ts'
import type { Context } from '../context.ts'
import { Process } from '../event-loop.ts'
import type { Random } from '../random.ts'
import { createModelStore } from './model-store.ts'
import { StoreLink } from './store-link.ts'
import { Watching } from './watching.ts'

export const ticketSecret = 'the same secret for all replicas'

interface ReplicaOptions {
  /** How far its clock is off, in milliseconds. */
  readonly clockSkewMs: number
  /** Told of tickets that went back in line without an attempt. */
  readonly onHandedBack: (tickets: readonly string[]) => void
}

/** A server process: the scheduler itself, in a world of the simulation's. */
export class Replica {
  readonly process = new Process('replica')
  readonly id: string
  readonly state: SchedulerState
  readonly scheduler: Scheduler
  /** The time by its own clock. */
  readonly now: () => number
  readonly announcer: Announcer = createAnnouncer()
  readonly watching: Watching
  readonly connections = new Set<Connection>()
  readonly link: StoreLink
  /** Tasks that a broken rule has marked as late before they were: see `excuseTheLate`. */
  readonly excused = new Set<Assignment>()
  /** While its line to the others is broken. */
  isDeaf = false
  isServing = false
  private readonly context: Context

  constructor(context: Context, { clockSkewMs, onHandedBack }: ReplicaOptions) {
    this.context = context
    const { loop, random, durations, environment, broken, seen } = context
    this.link = new StoreLink({ ...context, replica: this.process })
    this.now = () => loop.now() + clockSkewMs
    const clock = { now: this.now, after: (ms: number, run: () => void) => this.after(ms, run) }
    this.state = new SchedulerState(clock)
    const logger = loggerTelling(onHandedBack)
    this.scheduler = createScheduler({
      ...{ clock, logger, environment, meter: silentMeter, announcer: this.announcer, state: this.state, ticketSecret },
      store: createModelStore({ link: this.link, durations, broken, seen }),
      ids: { next: context.nextId, random: () => random.next(), secret: () => secretOf(random) },
      housekeeping: [],
    })
    this.id = this.scheduler.replicaId
    this.process.name = `replica ${this.id.slice(-4)}`
    const { announcer, state, link } = this
    this.watching = new Watching({ announcer, clock, logger, state, link })
    if (broken === 'never gives out an overdue task again') this.excuseTheLate()
  }

  /** Tries until the database is there. */
  async start(): Promise<void> {
    try {
      await this.scheduler.start()
      this.isServing = true
    } catch {
      this.context.loop.schedule(this.process, 500, () => void this.start())
    }
  }

  /** As at SIGTERM. Resolves when the process may end. */
  async stop(): Promise<void> {
    this.isServing = false
    this.scheduler.prepareStop()
    for (const connection of this.connections) connection.close()
    await this.scheduler.stop(() => this.context.environment.STOP_TIMEOUT_MS)
  }

  async accept(connection: Connection, opening: Omit<SessionOpening, 'connection'>): Promise<void> {
    if (!this.isServing) return connection.tellAgent()
    this.connections.add(connection)
    const heldTickets = this.context.broken === 'forgets what agents bring along' ? [] : opening.heldTickets
    try {
      const outcome = await this.scheduler.openSession({ ...opening, heldTickets, connection })
      if (outcome.kind === 'opened') await connection.carry(outcome.events)
    } catch {
      // The database is gone: the agent comes again.
    }
    connection.tellAgent()
    this.connections.delete(connection)
  }

  prepareLeaving(agentId: string, heldTickets: readonly string[]): void {
    this.scheduler.prepareLeaving(agentId, heldTickets)
  }

  submitResults(agentId: string, results: readonly SubmittedResult[]): Promise<readonly TaskReceipt[]> {
    return this.scheduler.submitResults(agentId, results)
  }

  /** What stands in memory, for whoever reads a history. */
  describe(): string {
    const sessions = [...this.state.sessions.values()].map(
      ({ name, place, assignments }) => `${name} (${place.kind}) has ${assignments.size}`,
    )
    const owned = [...this.state.owned.values()].map(({ id, epoch, phase, graph, remote }) => {
      const tasks = graph.tasks.map(({ state, assignees }, task) =>
        [state, remote?.has(task) ? ' (remote)' : '', '*'.repeat(assignees.length)].join(''),
      )
      return `${id.slice(-4)} epoch ${epoch} ${phase}: ${tasks.join(' ')}`
    })
    return `${this.process.name}: ${[...sessions, `queue ${this.state.queue.size}`, ...owned].join('; ')}`
  }

  /** What another replica announced. */
  hear(announcement: Announcement): void {
    if (!this.isDeaf) this.announcer.relay(announcement)
  }

  private after(ms: number, run: () => void): () => void {
    const { broken, environment } = this.context
    if (broken === 'keeps the session of a lost agent' && ms === environment.SESSION_GRACE_MS) return () => {}
    const entry = this.context.loop.schedule(this.process, ms, run)
    return () => void (entry.isCancelled = true)
  }

  /** Takes those who are about to be late for late already, so that nobody minds. */
  private excuseTheLate(): void {
    for (const { assignments } of this.state.sessions.values())
      for (const task of assignments.values())
        if (!task.overdue && this.now() - task.since > overdueAfterMs(task.durationMs) - 2_000) {
          task.overdue = true
          this.excused.add(task)
        }
    this.after(500, () => this.excuseTheLate())
  }
}

/** As long as a real one's beginning, of which residues are drawn. */
const secretOf = (random: Random): string =>
  Array.from({ length: 8 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef'[random.between(0, 31)]).join('')

/** The scheduler says in its log which tasks it handed back. */
function loggerTelling(onHandedBack: (tickets: readonly string[]) => void): Logger {
  const logger = pino({ level: 'silent' })
  return Object.assign(logger, {
    debug({ tickets }: { tickets?: readonly string[] }) {
      if (tickets) onHandedBack(tickets)
    },
  })
}
