import type { AgentSessionEvent } from '../connection/documents.ts'
import type { Connection } from '../connection/connection.ts'
import type { Dependencies } from '../dependencies.ts'
import type { AgentSessionInput } from '../graphql.ts'
import { limits, type Timing } from '../protocol.ts'
import { type FinishedTask, Slots } from '../slots/slots.ts'
import { Delivery } from './delivery.ts'
import type { Departure } from './departure.ts'
import { Outbox } from './outbox.ts'

export interface SessionSettings {
  readonly sessionId: string
  readonly name: string
  readonly slots: number
  /** What people are told of this program and its machine. */
  readonly programVersion?: string | null | undefined
  readonly host?: string | null | undefined
  readonly timing: Timing
}

/**
 * The agent's presence, which outlives one socket: all tasks that it holds, from their assignment to the receipt for their result.
 * It works until it departs, and it departs once.
 */
export class Session {
  readonly #dependencies: Dependencies
  readonly #settings: SessionSettings
  readonly #slots: Slots
  readonly #outbox = new Outbox()
  readonly #departed = new AbortController()
  #departure: Departure | undefined
  #leaving: 'no' | 'when drained' | 'when stopped' = 'no'
  #connection: Connection | undefined
  /** Undefined before its session is opened the first time. */
  #agentId: string | undefined
  #delivery: Delivery | undefined
  #maxDigits = 0

  constructor(dependencies: Dependencies, settings: SessionSettings) {
    this.#dependencies = dependencies
    this.#settings = settings
    this.#slots = new Slots(dependencies.clock, settings.slots, dependencies.computer, (task) => this.#finish(task))
  }

  /** Why it ended, once it has. */
  get departure(): Departure | undefined {
    return this.#departure
  }

  /** Fires when it ends. */
  get departed(): AbortSignal {
    return this.#departed.signal
  }

  /** What opens the session on a new connection, or resumes it. */
  input(): AgentSessionInput {
    const { sessionId, name, slots, programVersion = null, host = null } = this.#settings
    const heldTickets = this.#heldTickets()
    return { sessionId, name, slots, programVersion, host, heldTickets, running: this.#slots.running() }
  }

  attach(connection: Connection): void {
    this.#connection = connection
  }

  /** The connection is gone. The slots go on; results wait for the next connection. */
  detach(): void {
    this.#delivery?.stop()
    this.#delivery = undefined
    this.#connection = undefined
  }

  receive(event: AgentSessionEvent): void {
    switch (event.__typename) {
      case 'AgentSessionOpened':
        return this.#open(event)
      case 'TasksAssigned': {
        // What comes after a stop was assigned before the server knew of it; it gives it to others itself.
        if (this.#leaving === 'when stopped') return
        const assignments = event.assignments.filter(({ ticket }) => !this.#outbox.has(ticket))
        this.#dependencies.tracer?.assigned(assignments)
        return this.#slots.accept(assignments, this.#maxDigits)
      }
      case 'TasksRevoked':
        return this.#drop(event.tickets)
      case 'AgentDrainRequested':
        return this.#drain(event.reason)
      case 'AgentDrainWithdrawn':
        return this.#stay(event.reason)
      case 'AgentSupersededError':
        return this.depart({ kind: 'superseded', message: event.message })
      case 'AgentSuspendedError':
        return this.depart({ kind: 'suspended', message: event.message })
      default:
        // A newer server may send events that this agent does not know.
        event satisfies never
    }
  }

  /** Leaves when what runs is finished and its results are received, or after `limitMs`. What has not begun is given back. */
  stop(limitMs: number): void {
    if (this.#leaving === 'when stopped') return
    this.#leaving = 'when stopped'
    this.#slots.dropWaiting()
    const cancel = this.#dependencies.clock.after(limitMs, () =>
      this.depart({ kind: 'stopped', unfinished: this.#slots.held + this.#outbox.size }),
    )
    this.departed.addEventListener('abort', cancel)
    this.#departIfDone()
    if (!this.#departure) this.#tellLeaving()
  }

  /** Ends the session at once, and its connection with a goodbye. */
  depart(departure: Departure): void {
    if (this.#departure) return
    this.#departure = departure
    this.#slots.dropAll()
    this.#delivery?.stop()
    this.#connection?.close()
    this.#departed.abort()
  }

  #open(event: Extract<AgentSessionEvent, { __typename: 'AgentSessionOpened' }>): void {
    if (!this.#connection) throw new Error('A session was opened on no connection.')
    this.#maxDigits = event.maxDigits
    // It may have been withdrawn while there was no connection; if it stands, it is asked for again.
    if (this.#leaving === 'when drained') this.#leaving = 'no'
    this.#drop(event.revokedTickets)
    this.#delivery?.stop()
    this.#delivery = new Delivery(this.#dependencies, this.#settings.timing, {
      connection: this.#connection,
      agentId: event.agentId,
      outbox: this.#outbox,
      onSettled: () => this.#departIfDone(),
    })
    this.#agentId = event.agentId
    // A stop may have come while there was no connection.
    if (this.#leaving === 'when stopped') this.#tellLeaving()
    this.#delivery.wake()
  }

  #tellLeaving(): void {
    if (this.#agentId === undefined) return
    this.#connection?.prepareLeaving({ agentId: this.#agentId, heldTickets: this.#heldTickets() })
  }

  /** Not yet computed, or computed and not yet acknowledged. */
  #heldTickets(): string[] {
    return [...this.#slots.tickets(), ...this.#outbox.tickets()]
  }

  #drain(reason: string): void {
    if (this.#leaving !== 'no') return
    this.#leaving = 'when drained'
    this.#dependencies.log.info({ reason, held: this.#slots.held }, 'asked to leave; finishing what is held')
    this.#departIfDone()
  }

  #stay(reason: string): void {
    if (this.#leaving !== 'when drained') return
    this.#leaving = 'no'
    this.#dependencies.log.info({ reason }, 'asked to stay after all')
  }

  #drop(tickets: readonly string[]): void {
    this.#dependencies.tracer?.dropped(tickets)
    this.#slots.drop(tickets)
    this.#outbox.drop(tickets)
    this.#departIfDone()
  }

  #finish(task: FinishedTask): void {
    this.#dependencies.tracer?.finished(task)
    const { ticket, outcome, elapsedMs: exactMs } = task
    // The log of results keeps whole milliseconds.
    const elapsedMs = Math.round(exactMs)
    this.#dependencies.log.debug({ ticket, elapsedMs }, 'computed')
    this.#outbox.add(
      outcome.kind === 'value'
        ? { ticket, value: outcome.value, elapsedMs }
        : {
            ticket,
            error: { code: outcome.code, message: outcome.message.slice(0, limits.errorMessageCharacters) },
            elapsedMs,
          },
    )
    this.#delivery?.wake()
  }

  #departIfDone(): void {
    if (this.#slots.held > 0 || this.#outbox.size > 0) return
    if (this.#leaving === 'when drained') this.depart({ kind: 'drained' })
    if (this.#leaving === 'when stopped') this.depart({ kind: 'stopped', unfinished: 0 })
  }
}
