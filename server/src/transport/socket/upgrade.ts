import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Environment } from '../../env.ts'
import type { Connections } from './connections.ts'
import { clientAddress } from '../client/forwarded.ts'
import { hostRefusalOf, type HostCheck } from '../client/hosts.ts'
import { mayUpgrade } from '../client/origins.ts'
import { graphqlPath, pathOf } from '../http/paths.ts'
import type { createSocketServer } from './websocket.ts'

export interface UpgradeOptions {
  readonly checkHost: HostCheck
  readonly sockets: ReturnType<typeof createSocketServer>
  readonly connections: Connections
  readonly environment: Environment
  readonly allowedOrigins: ReadonlySet<string>
  readonly isStopping: () => boolean
}

interface Refusal {
  readonly status: number
  /** In ASCII. */
  readonly message?: string
}

/** Decides which requests become sockets. A refusal is an HTTP status, which costs no socket. */
export function createUpgradeListener({
  checkHost,
  sockets,
  connections,
  environment,
  allowedOrigins,
  isStopping,
}: UpgradeOptions) {
  function refusalOf(request: IncomingMessage, address: string): Refusal | null {
    const hostRefusal = hostRefusalOf(checkHost(request))
    if (hostRefusal !== null) return hostRefusal
    if (isStopping()) return { status: 503 }
    if (pathOf(request) !== graphqlPath) return { status: 404 }
    if (!mayUpgrade(request, allowedOrigins)) return { status: 403 }
    return connections.admits(address) ? null : { status: 429 }
  }

  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener a client that goes away now would end the process.
    socket.on('error', () => socket.destroy())
    const address = clientAddress(request, environment.TRUSTED_PROXIES)
    const refusal = refusalOf(request, address)
    if (refusal === null)
      sockets.server.handleUpgrade(request, socket, head, (webSocket) => sockets.open(webSocket, request, address))
    else refuse(socket, refusal)
  }
}

function refuse(socket: Duplex, { status, message = '' }: Refusal) {
  socket.once('finish', () => socket.destroy())
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: ${message.length}\r\n\r\n`
  socket.end(head + message)
}
