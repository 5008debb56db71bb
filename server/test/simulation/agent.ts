import type {
  AgentSessionEvent,
  SubmittedResult,
  TaskAssignment,
  TaskReceipt,
} from '../../src/use-cases/scheduler-port.ts'
import { resultOf } from '../domain/support/rational.ts'
import { Connection, type AgentEnd } from './connection.ts'
import { delayOf, type Context } from './context.ts'
import { Process } from './event-loop.ts'
import type { Replica } from './replica/replica.ts'

/** How long an agent waits for a replica that does not answer. */
const patienceMs = 4_000

export interface AgentOptions {
  readonly name: string
  readonly slots: number
  readonly replicas: () => readonly Replica[]
  /** Told of every assignment that arrives, and of every receipt. */
  readonly onAssigned: (agent: Agent, ticket: string, connection: Connection, sentAt: number) => void
  readonly onReceipt: (agent: Agent, result: SubmittedResult, receipt: TaskReceipt) => void
  /** Told when a task has ended it. */
  readonly onPoisoned: () => void
}

/** An agent: it computes what it is given, keeps results until they are acknowledged, and takes all of it from one connection to the next. */
export class Agent implements AgentEnd {
  readonly process: Process
  readonly name: string
  readonly slots: number
  readonly sessionId: string
  /** What it has been given and not computed yet, in order; the first `slots` of them are being computed. */
  readonly tasks = new Map<string, TaskAssignment>()
  readonly results = new Map<string, SubmittedResult>()
  agentId: string | null = null
  connection: Connection | null = null
  /** The last one on which its session was opened. */
  lastOpened: Connection | null = null
  private replica: Replica | null = null
  private readonly begun = new Set<string>()
  private isDelivering = false
  private isLeaving = false
  private readonly options: AgentOptions
  private readonly context: Context

  constructor(context: Context, options: AgentOptions) {
    this.context = context
    this.options = options
    this.name = options.name
    this.slots = options.slots
    this.sessionId = context.nextId()
    this.process = new Process(options.name)
  }

  connect(): void {
    const { loop, random } = this.context
    const replica = random.pick(this.options.replicas().filter(({ process }) => process.isAlive))
    if (replica === undefined) return this.connectLater()
    const connection = new Connection(this.context, replica.process, this)
    this.connection = connection
    this.replica = replica
    loop.schedule(replica.process, delayOf(this.context), () => {
      const { name, slots, sessionId } = this
      const heldTickets = [...this.tasks.keys(), ...this.results.keys()]
      if (!connection.isCut) void replica.accept(connection, { tokenId: 'token', name, slots, sessionId, heldTickets })
    })
    loop.schedule(this.process, patienceMs, () => {
      if (connection.openedAt === null && this.connection === connection) connection.cut()
    })
  }

  receive(connection: Connection, event: AgentSessionEvent, sentAt: number): void {
    if (connection !== this.connection) return
    switch (event.kind) {
      case 'AgentSessionOpened':
        this.agentId = event.agentId
        this.lastOpened = connection
        this.drop(event.revokedTickets)
        if (this.isLeaving) this.tellLeaving()
        return this.deliver()
      case 'TasksAssigned':
        if (this.isLeaving) return
        for (const assignment of event.assignments) {
          const { ticket } = assignment
          if (this.results.has(ticket) || this.tasks.has(ticket)) continue
          this.options.onAssigned(this, ticket, connection, sentAt)
          this.tasks.set(ticket, assignment)
        }
        return this.compute()
      case 'TasksRevoked':
        return this.drop(event.tickets)
      case 'AgentSupersededError':
      case 'AgentSuspendedError':
        this.process.isAlive = false
        return
      case 'AgentDrainRequested':
      case 'AgentDrainWithdrawn':
        return
      default:
        return event satisfies never
    }
  }

  lost(connection: Connection): void {
    if (connection !== this.connection) return
    this.connection = null
    this.isDelivering = false
    this.connectLater()
  }

  /** It crashes; the operating system closes its socket. */
  die(): void {
    this.process.isAlive = false
    this.connection?.cut()
  }

  /** It is to stop: it finishes what it computes, takes nothing new, and says so. */
  prepareLeaving(): void {
    this.isLeaving = true
    for (const ticket of this.tasks.keys()) if (!this.begun.has(ticket)) this.tasks.delete(ticket)
    this.tellLeaving()
  }

  private tellLeaving(): void {
    const { agentId, connection, replica } = this
    if (agentId === null || replica === null || connection?.openedAt == null || connection.isCut) return
    const held = [...this.tasks.keys(), ...this.results.keys()]
    this.context.loop.schedule(replica.process, delayOf(this.context), () => replica.prepareLeaving(agentId, held))
  }

  /** It leaves, and says so. */
  leave(): void {
    this.process.isAlive = false
    this.connection?.goodbye()
  }

  private connectLater(): void {
    const { loop, random } = this.context
    loop.schedule(this.process, random.between(50, 1_200), () => {
      if (this.connection === null) this.connect()
    })
  }

  private drop(tickets: readonly string[]): void {
    for (const ticket of tickets) {
      this.tasks.delete(ticket)
      this.results.delete(ticket)
      this.begun.delete(ticket)
    }
    this.compute()
  }

  private compute(): void {
    const { loop, random, faults } = this.context
    for (const [ticket, assignment] of [...this.tasks].slice(0, this.slots)) {
      if (this.begun.has(ticket)) continue
      this.begun.add(ticket)
      const delayMs = assignment.durationMs + (random.chance(faults.slownessRate) ? random.between(11_000, 30_000) : 0)
      const isPoison = faults.poison === assignment.operation
      loop.schedule(this.process, delayMs, () => (isPoison ? this.poison(ticket) : this.finish(ticket, assignment)))
    }
  }

  private poison(ticket: string): void {
    if (!this.tasks.has(ticket)) return
    this.context.note(() => `${this.name} is ended by what it computes`)
    this.die()
    this.options.onPoisoned()
  }

  private finish(ticket: string, assignment: TaskAssignment): void {
    if (this.tasks.get(ticket) !== assignment) return
    this.tasks.delete(ticket)
    this.begun.delete(ticket)
    const { durationMs } = assignment
    this.results.set(ticket, { ticket, elapsedMs: durationMs, outcome: this.outcomeOf(assignment) })
    this.compute()
    this.deliver()
  }

  private outcomeOf({ operation, operands }: TaskAssignment): SubmittedResult['outcome'] {
    const { random, faults } = this.context
    if (random.chance(faults.agentErrorRate)) return { kind: 'error', code: 'AGENT_ERROR', message: 'out of order' }
    const value = resultOf(operation, operands)
    if (value !== null) return { kind: 'value', value }
    return { kind: 'error', code: 'DIVISION_BY_ZERO', message: 'by 0' }
  }

  /** One batch is under way at a time; a batch, or a copy of it, may arrive long after its connection is gone. */
  private deliver(): void {
    const { connection, replica, agentId } = this
    if (this.isDelivering || agentId === null || this.results.size === 0) return
    if (replica === null || connection?.openedAt == null || connection.isCut) return
    this.isDelivering = true
    const { loop, random, faults } = this.context
    const batch = [...this.results.values()]
    loop.schedule(replica.process, delayOf(this.context), () => void this.submit(replica, connection, batch))
    if (random.chance(faults.duplicateRate))
      loop.schedule(replica.process, random.between(0, 5_000), () => void this.submit(replica, connection, batch))
  }

  private async submit(replica: Replica, connection: Connection, batch: readonly SubmittedResult[]): Promise<void> {
    if (this.agentId === null) return
    const { loop } = this.context
    const answer = (then: () => void) =>
      loop.schedule(this.process, delayOf(this.context), () => {
        if (connection === this.connection && !connection.isCut) then()
      })
    try {
      const receipts = await replica.submitResults(this.agentId, batch)
      batch.forEach((result, place) => this.options.onReceipt(this, result, receipts[place] ?? 'REFUSED'))
      answer(() => {
        for (const { ticket } of batch) this.results.delete(ticket)
        this.isDelivering = false
        this.deliver()
      })
    } catch {
      // The database did not answer the replica: it is sent again.
      answer(() => void loop.schedule(this.process, 500, () => this.deliverAgain(connection)))
    }
  }

  private deliverAgain(connection: Connection): void {
    if (connection !== this.connection) return
    this.isDelivering = false
    this.deliver()
  }
}
