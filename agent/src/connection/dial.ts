import { type Client, createClient } from 'graphql-ws/client'
import { WebSocket } from 'ws'
import type { Clock } from '../clock.ts'
import type { Timing } from '../protocol.ts'
import { connectionEnd, type ConnectionEnd } from './connection-end.ts'
import { watchForSilence } from './silence.ts'

export interface ConnectionSettings {
  readonly server: string
  readonly token: string
  readonly timing: Timing
  /** Whether to ask for the trace that a task belongs to. */
  readonly isTraced?: boolean | undefined
}

/** A graphql-ws client that lives as long as its one socket and never dials again. */
export interface Dialled {
  /** Dials at its first operation, and closes with 1000 after its last. */
  readonly client: Client
  /** Ends the connection, unless it has ended. The first cause is the one that counts. */
  end(end: ConnectionEnd): void
  isOpen(): boolean
  /** Never rejects. */
  readonly ended: Promise<ConnectionEnd>
}

/** Prepares a connection: nothing is sent before its first operation, which must follow at once, for silence counts from here. */
export function dial(clock: Clock, { server, token, timing }: ConnectionSettings): Dialled {
  let socket: WebSocket | undefined
  class Socket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { perMessageDeflate: false })
      // eslint-disable-next-line @typescript-eslint/no-this-alias -- graphql-ws shows a socket only once it is open
      socket = this
    }
  }

  let settle: (end: ConnectionEnd) => void = () => undefined
  const ended = new Promise<ConnectionEnd>((resolve) => {
    settle = resolve
  })
  function end(why: ConnectionEnd): void {
    settle(why)
    silence.stop()
    // Not the client's `terminate`: that waits for a dead server to say goodbye, and an error meanwhile would be uncaught.
    socket?.terminate()
  }
  const silence = watchForSilence(clock, timing.silenceLimitMs, () =>
    end({ kind: 'lost', message: 'the server is silent' }),
  )

  let operations = 0
  const client = createClient({
    url: server,
    connectionParams: { token },
    webSocketImpl: Socket,
    keepAlive: timing.pingIntervalMs,
    retryAttempts: 0,
    generateID: () => String((operations += 1)),
    on: {
      message: () => silence.heard(),
      error: (error) => end(connectionEnd(error)),
      closed: (event) => {
        // Even without retries the client dials again after a close with 1000, unless it is disposed of.
        client.dispose()?.catch(() => undefined)
        end(connectionEnd(event))
      },
    },
  })
  return { client, ended, end, isOpen: () => socket?.readyState === WebSocket.OPEN }
}
