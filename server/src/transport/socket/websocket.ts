import { GraphQLError, type ExecutionArgs, type FormattedExecutionResult } from 'graphql'
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws'
import { isAsyncIterable } from 'graphql-yoga'
import type { IncomingMessage } from 'node:http'
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws'
import { isStranger } from '../../domain/actor.ts'
import { databaseTroubleOf } from '../../store/database-trouble.ts'
import { Bucket } from '../../realtime/feed/bucket.ts'
import type { Services } from '../../use-cases/services.ts'
import type { Authenticate } from '../client/authentication.ts'
import { closeCodes } from '../../use-cases/agents/close-codes.ts'
import { isOfClient } from './client-message.ts'
import type { Connections } from './connections.ts'
import { told } from '../graphql/told-errors.ts'
import type { TransportLimits } from '../limits.ts'
import { jsonProblem, lengthProblem } from './message-bounds.ts'
import { prepareOperation, tooManyOperations, type PreparedOperation } from './operations.ts'
import { hasText } from '../graphql/result-texts.ts'
import { sendShared } from './shared-texts.ts'
import { createSignIn } from './sign-in.ts'
import { SocketConnection } from './socket-connection.ts'
import { TroubleLog } from '../trouble-log.ts'
import { errorWithoutHttp } from '../http/without-http.ts'
import type { Yoga } from '../graphql/yoga.ts'
import { codedError } from '../../schema/coded-error.ts'

/** Of RFC 6455. ws closes with it too, where a frame is larger than what anyone may send. */
const messageTooBig = 1009

/** How long a client may take to answer a close. */
const closeTimeoutMs = 2_000

/** Messages in hand, in multiples of the operations that may run, at which a client is flooding rather than working. */
const floodFactor = 4

/** Of an operation; each message about it carries it. */
const maxIdLength = 200

interface Extra {
  readonly connection: SocketConnection
  /** Messages being worked on. */
  messages: number
  /** Of these, operations: each until it ends, whether or not the client has completed it. */
  operations: number
}

export interface SocketServerOptions {
  readonly yoga: Yoga
  readonly services: Services
  readonly authenticate: Authenticate
  readonly connections: Connections
  readonly limits: TransportLimits
}

/**
 * The protocol of graphql-ws on a socket of `ws`. graphql-ws comes with a binding of its own; this one also counts, limits and tells how
 * a socket ended.
 */
export function createSocketServer({ yoga, services, authenticate, connections, limits }: SocketServerOptions) {
  const { logger, clock } = services
  // An agent has one, and for a moment another when it comes back.
  const maxAgentSockets = 2 * services.environment.MAX_AGENTS_PER_TOKEN
  const signIn = createSignIn(authenticate, services, (id) => connections.countAgents(id) < maxAgentSockets)
  const troubles = new TroubleLog(services)

  const format = (error: GraphQLError) => errorWithoutHttp(told(error, limits)).toJSON()

  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.connectionInitMs,
    onConnect: ({ connectionParams, extra }) => connect(extra.connection, connectionParams),
    onSubscribe({ extra }, id, payload) {
      if (id.length > maxIdLength) return [idTooLong]
      if (extra.operations >= limits.operationsPerSocket) return [tooManyOperations(limits.operationsPerSocket)]
      // Counted at once, within `handle`: see there.
      extra.operations += 1
      return prepare(extra.connection, payload)
    },
    execute: (args) => (args as PreparedOperation).execute(args as ExecutionArgs) as never,
    subscribe: (args) => (args as PreparedOperation).subscribe(args as ExecutionArgs) as never,
    onOperation: ({ extra }, id, _payload, _args, result) =>
      isAsyncIterable(result) || hasText(result) ? sendShared(result, id, extra.connection) : undefined,
    onNext: (_context, _id, _payload, _args, result) =>
      result.errors && ({ ...result, errors: result.errors.map(format) } as FormattedExecutionResult),
    onError: (_context, _id, _payload, errors) => errors.map(format),
  })

  async function connect(connection: SocketConnection, params: Record<string, unknown> | undefined) {
    const isAccepted = await signIn.onConnect(connection, params)
    if (!isAccepted || !isStranger(connection.actor) || connections.admitsAnonymous(connection)) return isAccepted
    connection.close(closeCodes.TRY_AGAIN_LATER, 'Too many sockets of this address have not signed in')
    return false
  }

  async function prepare(connection: SocketConnection, payload: SubscribePayload) {
    if (!(await signIn.onOperation(connection, payload.extensions))) return [otherToken]
    return prepareOperation(yoga, services, connection, payload)
  }

  // The types of ws do not know closeTimeout yet.
  const options: ServerOptions & { readonly closeTimeout: number } = {
    noServer: true,
    handleProtocols,
    maxPayload: Math.max(...Object.values(limits.messages).map(({ bytes }) => bytes)),
    perMessageDeflate: false,
    closeTimeout: closeTimeoutMs,
  }
  const server = new WebSocketServer(options)

  function open(socket: WebSocket, request: IncomingMessage, address: string) {
    const connection = new SocketConnection({
      ...{ socket, address, clock, stream: request.socket },
      traceparent: request.headers['traceparent'],
    })
    const extra: Extra = { connection, messages: 0, operations: 0 }
    const { burst, perSecond } = limits.anonymousMessages
    const budget = new Bucket(clock, { size: burst, perMs: perSecond / 1_000 })
    connections.add(connection)

    async function receive(data: Buffer, handle: (message: string) => Promise<void>) {
      if (connection.state !== 'open') return
      const { actor } = connection
      const isOverBudget = isStranger(actor) && !budget.afford(1)
      if (isOverBudget || isFlooding(extra)) return connection.close(closeCodes.TRY_AGAIN_LATER, 'Too many messages')
      const tooLong = lengthProblem(data.length, actor, limits)
      if (tooLong !== null) return connection.close(messageTooBig, `A message ${tooLong}`)
      const message = String(data)
      const unreadable = jsonProblem(message, actor, limits)
      if (unreadable !== null) return refuse(`The JSON of a message ${unreadable}`)
      const before = extra.operations
      extra.messages += 1
      const handled = handle(message)
      // graphql-ws reads the message and calls onSubscribe before it waits for anything; what it promises lasts as long as the operation.
      const started = extra.operations - before
      if (started > 0) connection.idleSince = null
      try {
        await handled
      } catch (error) {
        if (!isOfClient(message)) return refuse('A message is of no kind that a client sends')
        const trouble = databaseTroubleOf(error)
        if (trouble === null) logger.error({ err: error }, 'unforeseen error on a socket')
        else troubles.note(trouble, error)
        connection.close(closeCodes.TRY_AGAIN_LATER, trouble === null ? 'Internal error' : 'Database unavailable')
      } finally {
        extra.messages -= 1
        extra.operations -= started
        if (started > 0 && extra.operations === 0) connection.idleSince = clock.now()
      }
    }

    function refuse(reason: string) {
      logger.debug({ address }, `closed a socket: ${reason}`)
      connection.close(CloseCode.BadRequest, reason)
    }

    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (message) => connection.send(message),
        close: (code, reason) => connection.close(code ?? closeCodes.TRY_AGAIN_LATER, reason ?? ''),
        onMessage: (handle) => socket.on('message', (data) => void receive(data as Buffer, handle)),
      },
      extra,
    )
    connection.onEnd = (code, reason) => {
      closed(code, reason).catch((error: unknown) =>
        logger.error({ err: error }, 'could not end the operations of a socket'),
      )
    }
    // A frame that breaks the protocol or is too large: ws closes the socket itself, with the code for it.
    socket.on('error', (error) => logger.debug({ err: error }, 'a socket broke'))
    socket.on('close', (code, reason) => {
      connections.remove(connection)
      connection.ended(code, String(reason))
    })
  }

  /** Sends on without reading what it is answered. */
  const isFlooding = ({ connection, messages }: Extra) =>
    messages >= limits.operationsPerSocket * floodFactor || connection.bufferedBytes > limits.bufferedBytes

  return { server, open }
}

const idTooLong = codedError('BAD_REQUEST', `The id of an operation may have at most ${maxIdLength} characters.`)

const otherToken = codedError(
  'UNAUTHENTICATED',
  'This socket is signed in with another token. End its subscriptions first.',
)
