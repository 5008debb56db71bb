import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'

export type ListenOutcome =
  | { readonly kind: 'listening'; readonly address: AddressInfo }
  | { readonly kind: 'port-in-use'; readonly port: number }
  /** A port below 1024 as an ordinary user, for one. */
  | { readonly kind: 'port-forbidden'; readonly port: number }
  /** The name does not resolve, or is no address of this machine. */
  | { readonly kind: 'host-unavailable'; readonly host: string }

/** Port 0 takes any that is free; the outcome tells which. */
export async function listen(server: Server | HttpServer, port: number, host: string): Promise<ListenOutcome> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
    return { kind: 'listening', address: server.address() as AddressInfo }
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE':
        return { kind: 'port-in-use', port }
      case 'EACCES':
        return { kind: 'port-forbidden', port }
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        return { kind: 'host-unavailable', host }
      default:
        throw error
    }
  }
}

/** Null where it can be listened there: to be known before a database is made. */
export async function portProblemOf(
  port: number,
  host: string,
): Promise<Exclude<ListenOutcome, { kind: 'listening' }> | null> {
  const server = createServer()
  const outcome = await listen(server, port, host)
  if (outcome.kind !== 'listening') return outcome
  await new Promise((resolve) => server.close(resolve))
  return null
}
