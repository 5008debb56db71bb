import { randomUUID } from 'node:crypto'
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { TaskReceipt } from '../../src/use-cases/scheduler-port.ts'
import { compute } from '../domain/support/evaluate-plan.ts'
import { fromText, toText } from '../domain/support/rational.ts'
import { whenTestIsDone, type WhenDone } from './cleanup.ts'
import { Inbox } from './inbox.ts'
import type { TestApp } from './test-app.ts'

export interface TestAssignment {
  readonly ticket: string
  readonly operation: string
  readonly operands: readonly string[]
  readonly durationMs: number
}

type SessionEvent =
  | { __typename: 'AgentSessionOpened'; agentId: string; graceMs: number; maxDigits: number; revokedTickets: string[] }
  | { __typename: 'TasksAssigned'; assignments: TestAssignment[] }
  | { __typename: 'TasksRevoked'; tickets: string[] }
  | { __typename: 'AgentDrainRequested'; reason: string }
  | { __typename: 'AgentDrainWithdrawn'; reason: string }
  | { __typename: 'AgentSupersededError' | 'AgentSuspendedError'; code: string; message: string }

export interface TestAgentOptions {
  readonly name?: string
  readonly slots?: number
  readonly programVersion?: string
  readonly host?: string
  readonly sessionId?: string
  readonly heldTickets?: readonly string[]
  /** What of these it computes, and for how long. */
  readonly running?: readonly { readonly ticket: string; readonly elapsedMs: number }[]
  /** Whether it answers the server's pings. */
  readonly pongs?: boolean
}

export interface TestResult {
  readonly ticket: string
  readonly value?: string
  readonly error?: { readonly code: string; readonly message: string }
  readonly elapsedMs?: number
}

const sessionDocument = `subscription ($input: AgentSessionInput!) {
  agentSession(input: $input) {
    __typename
    ... on AgentSessionOpened { agentId graceMs maxDigits revokedTickets }
    ... on TasksAssigned { assignments { ticket operation operands durationMs } }
    ... on TasksRevoked { tickets }
    ... on AgentDrainRequested { reason }
    ... on AgentDrainWithdrawn { reason }
    ... on AgentSupersededError { code message }
    ... on AgentSuspendedError { code message }
  }
}`

const leavingDocument = `mutation ($input: PrepareLeavingInput!) {
  answer: prepareLeaving(input: $input) {
    ... on PrepareLeavingPayload { agentId }
    ... on Error { code message }
  }
}`

const submitDocument = `mutation ($input: SubmitTaskResultsInput!) {
  answer: submitTaskResults(input: $input) {
    ... on SubmitTaskResultsPayload { receipts }
    ... on Error { code message }
  }
}`

/** An agent that does what the test says: it holds a session, and answers by hand. */
export class TestAgent {
  /** Tasks that it was given, one by one. */
  readonly assigned: Inbox<TestAssignment>
  /** Everything else that the session brought. */
  readonly events: Inbox<SessionEvent>
  /** How its socket ended. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  readonly sessionId: string
  readonly name: string
  private agent = ''
  private socket: WebSocket | null = null
  private readonly client: Client
  private readonly endSession: () => void

  /** Opens a session. Resolves when it stands, with what the server said first. */
  static async open(
    app: Pick<TestApp, 'socketUrl'>,
    token: string,
    options: TestAgentOptions = {},
    whenDone: WhenDone = whenTestIsDone,
  ) {
    const agent = new TestAgent(app, token, options)
    whenDone(() => agent.cut())
    const event = await agent.events.next()
    if (event.__typename !== 'AgentSessionOpened') throw new Error(`not opened: ${event.__typename}`)
    agent.agent = event.agentId
    return Object.assign(agent, { opened: event })
  }

  private constructor({ socketUrl }: Pick<TestApp, 'socketUrl'>, token: string, options: TestAgentOptions) {
    const { slots = 4, heldTickets = [], running, pongs = true, programVersion, host } = options
    this.name = options.name ?? `agent-${randomUUID()}`
    this.sessionId = options.sessionId ?? randomUUID()
    this.assigned = new Inbox(`tasks of ${this.name}`)
    this.events = new Inbox(`events of ${this.name}`)
    let onClosed: (end: { code: number; reason: string }) => void = () => {}
    this.closed = new Promise((resolve) => (onClosed = resolve))
    const keep = (socket: WebSocket) => (this.socket = socket)
    this.client = createClient({
      url: socketUrl,
      connectionParams: { token },
      retryAttempts: 0,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocol: string) {
          super(address, protocol, { autoPong: pongs })
          keep(this)
        }
      },
      // The server ends the session of one that was superseded, and then its socket.
      lazyCloseTimeout: 60_000,
      on: {
        closed: (event) => {
          const { code, reason } = event as { code: number; reason: string }
          onClosed({ code, reason })
        },
      },
    })
    this.endSession = this.client.subscribe<{ agentSession: SessionEvent }>(
      {
        query: sessionDocument,
        variables: {
          input: { name: this.name, slots, sessionId: this.sessionId, heldTickets, running, programVersion, host },
        },
      },
      {
        next: ({ data, errors }) => (data ? this.receive(data.agentSession) : this.end(JSON.stringify(errors))),
        error: (error) => this.end(describe(error)),
        complete: () => this.end('completed'),
      },
    )
  }

  /** The id that goes with its results. */
  get id(): string {
    return this.agent
  }

  /** Takes so many tasks. */
  async take(count: number): Promise<TestAssignment[]> {
    const taken: TestAssignment[] = []
    while (taken.length < count) taken.push(await this.assigned.next())
    return taken
  }

  /** Returns results; the receipts are in their order. */
  async submit(...results: readonly TestResult[]): Promise<TaskReceipt[]> {
    const answer = await this.trySubmit(results)
    if (!answer.receipts) throw new Error(`not taken: ${JSON.stringify(answer)}`)
    return answer.receipts
  }

  /** As `submit`, where being refused as a whole is an answer too. */
  trySubmit(
    results: readonly TestResult[],
    agentId = this.agent,
  ): Promise<{ receipts?: TaskReceipt[]; code?: string; message?: string }> {
    const input = { agentId, results: results.map((result) => ({ elapsedMs: 1, ...result })) }
    return this.mutate(submitDocument, input)
  }

  /** Says that it is about to leave, and what it still has. */
  prepareLeaving(
    held: readonly TestAssignment[],
    agentId = this.agent,
  ): Promise<{ agentId?: string; code?: string; message?: string }> {
    return this.mutate(leavingDocument, { agentId, heldTickets: held.map(({ ticket }) => ticket) })
  }

  private mutate<Answer>(query: string, input: object): Promise<Answer | { message: string }> {
    return new Promise((resolve, reject) => {
      this.client.subscribe<{ answer: Answer }>(
        { query, variables: { input } },
        {
          next: ({ data, errors }) => resolve(data ? data.answer : { message: JSON.stringify(errors) }),
          error: reject,
          complete: () => {},
        },
      )
    })
  }

  /** Computes tasks rightly, and returns their values. */
  solve(...tasks: readonly TestAssignment[]): Promise<TaskReceipt[]> {
    return this.submit(...tasks.map((task) => ({ ticket: task.ticket, value: valueOf(task) })))
  }

  /** Says goodbye: the session is over. */
  async leave(): Promise<void> {
    this.endSession()
    await this.client.dispose()
    await this.closed
  }

  /** Breaks the socket without a word. */
  cut(): void {
    this.socket?.terminate()
  }

  private receive(event: SessionEvent): void {
    if (event.__typename !== 'TasksAssigned') return this.events.put(event)
    for (const assignment of event.assignments) this.assigned.put(assignment)
  }

  private end(reason: string): void {
    this.assigned.close(reason)
    this.events.close(reason)
  }
}

const describe = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error
    ? `closed with ${String(error.code)}`
    : JSON.stringify(error)

/** What a task comes to, by the tests' own arithmetic. */
export function valueOf({ operation, operands }: Pick<TestAssignment, 'operation' | 'operands'>): string {
  const value = compute(operation, operands.map(fromText))
  if (value === null) throw new Error(`${operation} of ${operands.join(', ')} has no value`)
  return toText(value)
}
