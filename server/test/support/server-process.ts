import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { whenTestIsDone } from './cleanup.ts'
import { temporaryRoot } from './temporary.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What `npm start` runs, without building it first: server, database and agents, with a data folder of its own. */
export interface ServerProcess {
  readonly url: string
  readonly socketUrl: string
  /** Ends the server as `kill -9` does. Its database and its agents live on. */
  kill(): Promise<void>
  /** Starts it again on the same folder and port. Resolves when it is ready. */
  restart(): Promise<void>
}

export async function startServerProcess(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  // By this name the setup of the next run finds what a run that was killed has left.
  const data = await mkdtemp(path.join(temporaryRoot(), `reckon-test-${process.pid}-`))
  const port = await freePort()
  let child: ChildProcess | null = null
  async function start() {
    // A restart finds what was left, however long it takes on a machine that is busy.
    child = await run({
      RECKON_ORPHAN_GRACE_MS: '60000',
      ...environment,
      RECKON_DATA: data,
      PORT: String(port),
      HOST: '127.0.0.1',
    })
  }
  async function end(signal: NodeJS.Signals) {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  whenTestIsDone(async () => {
    // Only the server can stop its database and its agents in order.
    if (child?.signalCode === 'SIGKILL') await start()
    await end('SIGTERM')
    await rm(data, { recursive: true, force: true })
  })
  try {
    await start()
  } catch (error) {
    throw new Error(`${String(error)}\n${await readFile(path.join(data, 'server.log'), 'utf8').catch(() => '')}`)
  }
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    socketUrl: `ws://127.0.0.1:${port}/graphql`,
    kill: () => end('SIGKILL'),
    restart: start,
  }
}

async function run(environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/main.ts'], {
    cwd: root,
    // As under npm, it stops when what has started it ends: a test that is killed leaves no server.
    env: { PATH: process.env['PATH'], npm_lifecycle_event: 'start', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text) => /is ready/.test(String(text)) && resolve())
    child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)))
  })
  return child
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
