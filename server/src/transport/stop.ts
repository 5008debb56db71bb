import type { Server } from 'node:http'
import { waitAtMost, type Clock } from '../clock.ts'
import { closeCodes } from '../use-cases/agents/close-codes.ts'
import type { Connections } from './socket/connections.ts'

/** Ends what the server has open: at once what can be ended, after `timeoutMs` what is left. */
export async function stopServer(
  server: Server,
  connections: Connections,
  clock: Pick<Clock, 'after'>,
  timeoutMs: number,
): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  connections.closeAll(closeCodes.GOING_AWAY, 'The server stops')
  await waitAtMost(clock, timeoutMs, closed)
  connections.terminateAll()
  server.closeAllConnections()
  await closed
}
