import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import { closeCodes } from '../../../src/use-cases/agents/close-codes.ts'
import { agentFields } from '../../support/agents.ts'
import { expressionFields, taskFields } from '../../support/expressions.ts'
import type { Person } from '../../support/people.ts'

/** What an observer sees: a whole entity with its version, and when it came. */
export interface Sighting {
  readonly at: number
  readonly entity: Entity
}

export interface Entity {
  readonly id: string
  readonly version: number
  readonly [field: string]: unknown
}

export type Watched = 'expressions' | 'tasks' | 'agents' | 'operations'

const documents: Readonly<Record<Watched, string>> = {
  expressions: `subscription { entities: expressionsChanged { ${expressionFields} } }`,
  tasks: `subscription ($id: ID!) { entities: tasksChanged(expressionId: $id) { startedAt ${taskFields} } }`,
  agents: `subscription { entities: agentsChanged { version ${agentFields} } }`,
  operations: `subscription { entities: operationsChanged { id version kind durationMs } }`,
}

/** As the page does, if quicker: a socket whose server does not answer for so long is given up, whatever TCP says. */
const pingEveryMs = 2_000
const pongWithinMs = 3_000

/** A subscriber as a page is: it comes back whenever its socket is lost, and drops what is older than what it has. */
export class Observer {
  readonly name: string
  /** What it would show now, by id. */
  readonly shown = new Map<string, Entity>()
  /** Everything that came, in order. */
  readonly sightings: Sighting[] = []
  /** Where a version went back within one subscription. */
  readonly regressions: string[] = []
  /** Answers that were no entities. */
  readonly refusals: string[] = []
  /** When each of its sockets stood. */
  readonly connectedAt: number[] = []
  private readonly waiters = new Set<() => void>()
  private readonly client: Client
  readonly person: Person
  readonly watched: Watched
  /** Of `tasks`: the id in the database. */
  readonly expressionId: string | undefined
  private lastVersions = new Map<string, number>()
  /** Gets another token when its own has expired. */
  renew: (() => Promise<string>) | null = null
  private token: string
  private hasExpired = false
  private socket: WebSocket | null = null
  private pongTimer: NodeJS.Timeout | undefined
  private isOver = false

  constructor(name: string, socketUrl: string, person: Person, watched: Watched, expressionId?: string) {
    this.name = name
    this.person = person
    this.token = person.token
    this.watched = watched
    this.expressionId = expressionId
    this.client = createClient({
      url: socketUrl,
      webSocketImpl: WebSocket,
      connectionParams: async () => {
        if (this.hasExpired && this.renew) this.token = await this.renew()
        this.hasExpired = false
        return { token: this.token }
      },
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 150)),
      keepAlive: pingEveryMs,
      connectionAckWaitTimeout: pongWithinMs,
      on: {
        connected: (socket) => {
          this.connectedAt.push(Date.now())
          this.socket = socket as WebSocket
        },
        ping: (isReceived) => {
          // The client's own `terminate` would still hand out what comes late on the old socket, which no browser does.
          if (!isReceived) this.pongTimer = setTimeout(() => this.socket?.terminate(), pongWithinMs)
        },
        pong: () => clearTimeout(this.pongTimer),
        closed: (event) => {
          clearTimeout(this.pongTimer)
          const { code } = event as { code?: number }
          if (code === closeCodes.TOKEN_EXPIRED) this.hasExpired = true
        },
      },
    })
    this.subscribe()
  }

  /** Resolves with the first sighting that fits, of those that came or will come. */
  async until(fits: (entity: Entity, at: number) => boolean, patienceMs = 15_000): Promise<Sighting> {
    let next = 0
    const deadline = Date.now() + patienceMs
    for (;;) {
      for (; next < this.sightings.length; next++) {
        const sighting = this.sightings[next]
        if (sighting && fits(sighting.entity, sighting.at)) return sighting
      }
      if (Date.now() > deadline)
        throw new Error(
          `${this.name}: waited in vain; shows ${JSON.stringify([...this.shown.values()]).slice(0, 1_000)}`,
        )
      await this.news(deadline - Date.now())
    }
  }

  async end(): Promise<void> {
    this.isOver = true
    // It rejects where the socket was not open, which is as good as closed.
    await Promise.resolve(this.client.dispose()).catch(() => {})
  }

  /** Again where the server answers with an error, as a page does that is told to try again later. */
  private subscribe(): void {
    const id = this.expressionId && Buffer.from(`Expression:${this.expressionId}`).toString('base64')
    const again = () => !this.isOver && setTimeout(() => this.subscribe(), 200)
    let socket = -1
    this.client.subscribe<{ entities: Entity[] }>(
      { query: documents[this.watched], variables: { id } },
      {
        next: ({ data, errors }) => {
          if (socket !== this.connectedAt.length) this.lastVersions = new Map()
          socket = this.connectedAt.length
          if (errors) this.refusals.push(JSON.stringify(errors))
          for (const entity of data?.entities ?? []) this.see(entity)
          for (const wake of this.waiters) wake()
        },
        error: (error) => {
          this.refusals.push(JSON.stringify(error))
          again()
        },
        complete: () => again(),
      },
    )
  }

  private news(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.waiters.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, patienceMs + 1)
      this.waiters.add(wake)
    })
  }

  private see(entity: Entity): void {
    this.sightings.push({ at: Date.now(), entity })
    const last = this.lastVersions.get(entity.id)
    if (last !== undefined && entity.version < last)
      this.regressions.push(`${this.name}: ${entity.id} went from version ${last} back to ${entity.version}`)
    this.lastVersions.set(entity.id, Math.max(entity.version, last ?? 0))
    const known = this.shown.get(entity.id)
    if (known === undefined || known.version <= entity.version) this.shown.set(entity.id, entity)
  }
}
