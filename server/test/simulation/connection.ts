import type { AgentSessionEvent, SessionConnection } from '../../src/use-cases/scheduler-port.ts'
import { delayOf, type Context } from './context.ts'
import type { Process } from './event-loop.ts'

/** The agent's end of a connection. */
export interface AgentEnd {
  readonly process: Process
  receive(connection: Connection, event: AgentSessionEvent, sentAt: number): void
  lost(connection: Connection): void
}

/** A socket between an agent and a replica: in order, and whatever is on its way when it breaks is lost. */
export class Connection implements SessionConnection {
  /** As the replica sees it. */
  state: SessionConnection['state'] = 'open'
  isCut = false
  /** When the replica had opened the session, and when it noticed the end of the connection. */
  openedAt: number | null = null
  endedAt: number | null = null
  private events: AsyncIterableIterator<AgentSessionEvent> | null = null
  private lastArrival = 0
  readonly replica: Process
  readonly agent: AgentEnd
  private readonly context: Context

  constructor(context: Context, replica: Process, agent: AgentEnd) {
    this.context = context
    this.replica = replica
    this.agent = agent
  }

  /** Brings the agent what the replica has for it, until either is gone. */
  async carry(events: AsyncIterableIterator<AgentSessionEvent>): Promise<void> {
    this.events = events
    if (this.endedAt !== null) await events.return?.()
    for await (const event of events) this.send(event)
    this.close()
  }

  /** The replica ends it. */
  close(): void {
    this.endAtReplica('closed')
    this.tellAgent()
  }

  /** It breaks, and both ends notice. */
  cut(): void {
    this.isCut = true
    const { loop } = this.context
    loop.schedule(this.replica, delayOf(this.context), () => this.endAtReplica('closed'))
    this.tellAgent()
  }

  /** The agent says goodbye. */
  goodbye(): void {
    this.isCut = true
    this.context.loop.schedule(this.replica, delayOf(this.context), () => this.endAtReplica('open'))
  }

  /** Nothing passes any more, and nobody is told: each end finds out by its own pings. */
  fallSilent(): void {
    this.isCut = true
    const { loop, random } = this.context
    loop.schedule(this.replica, random.between(2_000, 4_000), () => this.endAtReplica('silent'))
    loop.schedule(this.agent.process, random.between(2_000, 4_000), () => this.agent.lost(this))
  }

  /** The replica does not answer any more. */
  tellAgent(): void {
    this.isCut = true
    this.context.loop.schedule(this.agent.process, delayOf(this.context), () => this.agent.lost(this))
  }

  private send(event: AgentSessionEvent): void {
    const { loop } = this.context
    const sentAt = loop.now()
    if (event.kind === 'AgentSessionOpened') {
      this.openedAt = sentAt
      this.context.note(() => `${this.replica.name} opens the session of ${this.agent.process.name}`)
    }
    this.lastArrival = Math.max(this.lastArrival, sentAt + delayOf(this.context))
    loop.schedule(this.agent.process, this.lastArrival - sentAt, () => {
      if (!this.isCut) this.agent.receive(this, event, sentAt)
    })
  }

  private endAtReplica(state: SessionConnection['state']): void {
    this.isCut = true
    if (this.endedAt !== null) return
    this.state = state
    this.context.note(
      () =>
        `${this.replica.name} sees the socket of ${this.agent.process.name} ${state === 'open' ? 'say goodbye' : state}`,
    )
    this.endedAt = this.context.loop.now()
    void this.events?.return?.()
  }
}
