import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { AgentSessionEvent, SubmitTaskResultsData, TaskAssignment } from '../../src/connection/documents.ts'
import type { AgentSessionInput, PrepareLeavingInput, SubmitTaskResultsInput } from '../../src/graphql.ts'
import { Mailbox } from './mailbox.ts'

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))

export type SubmitAnswer = SubmitTaskResultsData['submitTaskResults']
type Context = { socket: WebSocket }

/** A session as the server sees it: what the agent said, and the way to speak to it. */
export class ServerSession {
  readonly #events = new Mailbox<AgentSessionEvent | 'end'>()

  constructor(
    readonly input: AgentSessionInput,
    readonly socket: WebSocket,
  ) {}

  send(event: AgentSessionEvent): void {
    this.#events.put(event)
  }

  open(revokedTickets: string[] = []): this {
    this.send({ __typename: 'AgentSessionOpened', agentId: 'agent-1', graceMs: 2000, maxDigits: 100, revokedTickets })
    return this
  }

  assign(...assignments: Partial<TaskAssignment>[]): void {
    const standard = { ticket: 'a', operation: '+', operands: ['1', '2'], durationMs: 0 }
    this.send({ __typename: 'TasksAssigned', assignments: assignments.map((given) => ({ ...standard, ...given })) })
  }

  end(): void {
    this.#events.put('end')
  }

  async *events() {
    for (;;) {
      const event = await this.#events.take()
      if (event === 'end') return
      yield { agentSession: event }
    }
  }
}

/** A real server of the agent's part of the contract, whose answers the test decides. Only the token `good` is accepted. */
export class TestServer {
  readonly sessions = new Mailbox<ServerSession>()
  readonly batches = new Mailbox<SubmitTaskResultsInput>()
  readonly leavings = new Mailbox<PrepareLeavingInput>()
  /** Sockets that closed: with which code, and whether the agent completed its subscription before. */
  readonly closes = new Mailbox<{ code: number; goodbye: boolean }>()
  acceptedToken = 'good'
  /** Connections that were tried, accepted or not. */
  connections = 0
  answer: (input: SubmitTaskResultsInput, context: Context) => SubmitAnswer | Promise<SubmitAnswer> = ({
    results,
  }) => ({
    __typename: 'SubmitTaskResultsPayload',
    receipts: results.map(() => 'ACCEPTED' as const),
  })
  readonly #http: Server = createServer()
  readonly #wss = new WebSocketServer({ server: this.#http, path: '/graphql' })

  static async start(port = 0): Promise<TestServer> {
    const server = new TestServer()
    await new Promise<void>((resolve) => server.#http.listen(port, '127.0.0.1', resolve))
    return server
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/graphql`
  }

  /** Kills every socket and stops listening. */
  async stop(): Promise<void> {
    for (const socket of this.#wss.clients) socket.terminate()
    await new Promise((resolve) => this.#http.close(resolve))
  }

  private constructor() {
    this.#wss.on('connection', (socket) => {
      this.connections += 1
      let goodbye = false
      socket.on('message', (data) => {
        goodbye ||= (JSON.parse(String(data)) as { type: string }).type === 'complete'
      })
      socket.on('close', (code) => this.closes.put({ code, goodbye }))
    })
    useServer<{ token?: string }, { socket: WebSocket }>(
      {
        schema,
        context: ({ extra: { socket } }): Context => ({ socket }),
        onConnect: ({ connectionParams }) => connectionParams?.token === this.acceptedToken,
        roots: {
          subscription: {
            agentSession: ({ input }: { input: AgentSessionInput }, { socket }: Context) => {
              const session = new ServerSession(input, socket)
              this.sessions.put(session)
              return session.events()
            },
          },
          mutation: {
            prepareLeaving: ({ input }: { input: PrepareLeavingInput }) => {
              this.leavings.put(input)
              return { __typename: 'PrepareLeavingPayload', agentId: input.agentId }
            },
            submitTaskResults: ({ input }: { input: SubmitTaskResultsInput }, context: Context) => {
              this.batches.put(input)
              return this.answer(input, context)
            },
          },
        },
      },
      this.#wss,
    )
  }
}
