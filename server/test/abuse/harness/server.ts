import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { temporaryRoot } from '../../support/temporary.ts'
import { notingStretches } from './stretches.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const file = 'server/dist/main.js'

/** How long a server may take to stop. Beside other programs on the machine it is slower than alone. */
const stopMs = 30_000

const children = new Set<ChildProcess>()
process.once('exit', () => children.forEach((child) => child.kill('SIGTERM')))

/** A line of the server's log. */
export interface LogLine {
  readonly level: number
  readonly msg: string
  readonly [field: string]: unknown
}

/**
 * What `npm start` runs, built: server, database and two agents, on a folder of its own. It trusts one proxy, so that those who call it
 * come from as many addresses as a probe wants.
 */
export class RealServer {
  readonly port: number
  readonly data: string
  readonly #child: ChildProcess
  #said = ''
  #logRead = 0

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<RealServer> {
    if (!existsSync(path.join(root, file))) throw new Error(`${file} is not built: npm run build`)
    // By this name the setup of the next run of the tests finds what a run that was killed has left.
    const data = mkdtempSync(path.join(temporaryRoot(), `reckon-test-${process.pid}-`))
    const server = new RealServer(data, await freePort(), environment)
    await server.#ready()
    return server
  }

  private constructor(data: string, port: number, environment: Readonly<Record<string, string>>) {
    this.data = data
    this.port = port
    const options = ['--max-semi-space-size=32', '--enable-source-maps', notingStretches(this.stretches)]
    this.#child = spawn(process.execPath, [...options, file], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        PORT: String(port),
        RECKON_DATA: data,
        TRUSTED_PROXIES: '1',
        // Longer than any run of the probes.
        ACCESS_TOKEN_SECONDS: '36000',
        REGISTRATION: 'open',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // Whatever ends this process must not leave a server behind.
    children.add(this.#child)
    this.#child.once('exit', () => children.delete(this.#child))
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (text) => (this.#said += text))
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/graphql`
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/graphql`
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Where it notes how long its event loop stood still. */
  get stretches(): string {
    return path.join(this.data, 'stretches')
  }

  /** What it has said outside its log: nothing but that it is ready, and that it stops. */
  get said(): string {
    return this.#said
  }

  get agentPids(): number[] {
    const directory = path.join(this.data, 'agents')
    const notes = readdirSync(directory).filter((name) => name.endsWith('.json'))
    return notes.flatMap((name) => {
      const { pid } = JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as { pid?: number }
      return pid === undefined ? [] : [pid]
    })
  }

  /** Of its PostgreSQL, whose children do the work. */
  get postmasterPid(): number {
    return Number.parseInt(readFileSync(path.join(this.data, 'data/postmaster.pid'), 'utf8'), 10)
  }

  get logBytes(): number {
    return statSync(this.#log, { throwIfNoEntry: false })?.size ?? 0
  }

  /** The lines of its log since this was asked last. */
  newLogLines(): LogLine[] {
    const text = existsSync(this.#log) ? readFileSync(this.#log).subarray(this.#logRead).toString() : ''
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    this.#logRead += Buffer.byteLength(whole)
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine)
  }

  /** Asks it to stop. Whether it did, in time. */
  async stop(): Promise<boolean> {
    if (!this.isAlive) return false
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), stopMs)
    await exited
    clearTimeout(timer)
    return this.#child.signalCode === null
  }

  /** Stops it, or ends it where it does not, with all that it started. */
  async remove(): Promise<boolean> {
    const stopped = await this.stop()
    if (!stopped) await this.#endSurvivors()
    rmSync(this.data, { recursive: true, force: true })
    return stopped
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  get #log(): string {
    return path.join(this.data, 'server.log')
  }

  /** Only another server can stop the database and the agents of one that was killed in order. */
  async #endSurvivors(): Promise<void> {
    const next = new RealServer(this.data, this.port, {})
    await next.#ready()
    await next.stop()
  }

  async #ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#child.stdout?.on('data', () => /is ready/.test(this.#said) && resolve())
      this.#child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}: ${this.#said}`)))
    })
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
