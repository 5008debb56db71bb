import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { node } from '../processes/node.ts'
import type { Errand, Measured } from './protocol.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

/** A client process that failed has said why itself. */
export type ClientOutcome = 'measured' | 'failed'

/** Runs a client process to its end. It is asked to stop in order when `stop` is aborted. */
export async function runClient(
  errand: Errand,
  stop: AbortSignal,
  onMeasured: (measured: Measured) => void,
): Promise<ClientOutcome> {
  if (stop.aborted) return 'failed'
  // A group of its own: Ctrl-C reaches the benchmark alone, which then asks the client to stop.
  const client = spawn(node.program, ['--import', 'tsx', main, JSON.stringify(errand)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
  const end = () => client.kill('SIGTERM')
  stop.addEventListener('abort', end)
  client.on('message', (message) => onMeasured(message as Measured))
  const [code] = (await once(client, 'close')) as [number | null]
  stop.removeEventListener('abort', end)
  return code === 0 ? 'measured' : 'failed'
}
