import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'

export interface ProgramOptions {
  readonly command: readonly [string, ...string[]]
  /** All that it gets of the environment beside PATH. */
  readonly environment?: Readonly<Record<string, string>>
  /** What it prints when it is ready; ready from the start where there is nothing to wait for. */
  readonly ready?: RegExp
  /** Called with what it sends over a channel to this process; it has none where nobody listens. */
  readonly onMessage?: (message: unknown) => void
  /** Called when it ends without being asked to. */
  readonly onLost: (error: Error) => void
}

/** A program that runs until it is stopped. */
export interface Program {
  readonly pid: number
  /** Over the channel. */
  send(message: object): void
  stop(): Promise<void>
}

/** How long a program may take until it is ready, and to end once it is asked to. */
const startTimeoutMs = 30_000
const stopTimeoutMs = 15_000

/** Starts a program and waits until it is ready. Its errors go to ours. */
export async function startProgram({
  command,
  environment,
  ready,
  onMessage,
  onLost,
}: ProgramOptions): Promise<Program> {
  const [file, ...parameters] = command
  // A group of its own: Ctrl-C reaches the benchmark alone, which stops all in order.
  const child = spawn(file, parameters, {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit', ...(onMessage ? (['ipc'] as const) : [])],
    detached: true,
    // Numbers in typed arrays as they are.
    serialization: 'advanced',
  })
  let isWanted = true
  if (onMessage) child.on('message', onMessage)
  const name = parameters.at(0) ?? file
  child.once('exit', (code, signal) => isWanted && onLost(new Error(`${name} ended with ${code ?? signal}`)))
  const stop = async () => {
    isWanted = false
    await end(child)
  }
  try {
    await output(child, ready ?? /^/)
  } catch (error) {
    await stop()
    throw new Error(`${name} did not start`, { cause: error })
  }
  return { pid: child.pid ?? 0, send: (message) => void child.send(message), stop }
}

/** Reads on after that, since a full pipe would stop the program. */
async function output(child: ChildProcess, ready: RegExp): Promise<void> {
  let text = ''
  const timeout = AbortSignal.timeout(startTimeoutMs)
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error(text)))
    timeout.addEventListener('abort', () => reject(new Error(`not ready in time: ${text}`)))
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      if (!ready.test(text)) return
      child.stdout?.off('data', read).resume()
      resolve()
    }
    if (ready.test('')) child.once('spawn', resolve).stdout?.resume()
    else child.stdout?.on('data', read)
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await exited
  clearTimeout(timer)
}
