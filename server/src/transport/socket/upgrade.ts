import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Environment } from '../../env.ts'
import type { Connections } from './connections.ts'
import { clientAddress } from '../client/forwarded.ts'
import { hostRefusalOf, type HostCheck } from '../client/hosts.ts'
import { mayUpgrade } from '../client/origins.ts'
import type { ProxyMistake, ProxyRemarks } from '../client/proxy-remarks.ts'
import { graphqlPath, pathOf } from '../http/paths.ts'
import type { createSocketServer } from './websocket.ts'

export interface SocketRefusalOptions {
  readonly checkHost: HostCheck
  readonly connections: Connections
  readonly environment: Environment
  readonly allowedOrigins: ReadonlySet<string>
  readonly isStopping: () => boolean
}

export interface SocketRefusal {
  readonly status: number
  /** In ASCII. */
  readonly message?: string
  /** What may have gone wrong on the way. */
  readonly mistake?: ProxyMistake
}

const foreignOrigin =
  "This server is asked under another name than the page's. A proxy in between has to pass on the Host header, or the page's origin be put into ALLOWED_ORIGINS."

/** Why a request may not become a socket; null where it may. */
export function createSocketRefusal(options: SocketRefusalOptions) {
  const { checkHost, connections, environment, allowedOrigins, isStopping } = options
  return (request: IncomingMessage): SocketRefusal | null => {
    const hostRefusal = hostRefusalOf(checkHost(request))
    if (hostRefusal !== null) return hostRefusal
    if (isStopping()) return { status: 503, message: 'This server is stopping.' }
    if (!mayUpgrade(request, allowedOrigins)) return { status: 403, message: foreignOrigin, mistake: 'host-lost' }
    if (connections.admits(clientAddress(request, environment.TRUSTED_PROXIES))) return null
    return { status: 429, message: 'This address has too many connections to the server.' }
  }
}

export interface UpgradeOptions {
  readonly sockets: ReturnType<typeof createSocketServer>
  readonly refusalOf: ReturnType<typeof createSocketRefusal>
  readonly environment: Environment
  readonly remarks: ProxyRemarks
}

/** Decides which requests become sockets. A refusal is an HTTP status, which costs no socket. */
export function createUpgradeListener({ sockets, refusalOf, environment, remarks }: UpgradeOptions) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener a client that goes away now would end the process.
    socket.on('error', () => socket.destroy())
    const refusal = refusalOf(request) ?? (pathOf(request) === graphqlPath ? null : { status: 404 as const })
    if (refusal?.mistake !== undefined) remarks.note(refusal.mistake, request)
    if (refusal !== null) return refuse(socket, refusal)
    const address = clientAddress(request, environment.TRUSTED_PROXIES)
    sockets.server.handleUpgrade(request, socket, head, (webSocket) => sockets.open(webSocket, request, address))
  }
}

function refuse(socket: Duplex, { status, message = '' }: SocketRefusal) {
  socket.once('finish', () => socket.destroy())
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: ${message.length}\r\n\r\n`
  socket.end(head + message)
}
