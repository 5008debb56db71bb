/// <reference types="node" />
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { embeddedUrl } from './seed.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const built = ['server/dist/main.js', 'agent/dist/main.js', 'web/dist/index.html']

/** The product as `npm start` runs it: a database, a server, two agents with four slots each and the built page. */
export class Reckon {
  readonly #folder: string
  #server: ChildProcess | null = null
  /** Once known it stays: the pages that are open come back to it. */
  #address: string | null = null

  readonly #environment: Readonly<Record<string, string>>

  private constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.#folder = folder
    this.#environment = environment
  }

  /** @param environment what is to be other than by default */
  static async start(environment: Readonly<Record<string, string>> = {}): Promise<Reckon> {
    const missing = built.filter((file) => !existsSync(path.join(root, file)))
    if (missing.length > 0) throw new Error(`Not built: ${missing.join(', ')}. Run "npm run build" first.`)
    const reckon = new Reckon(await mkdtemp(path.join(tmpdir(), 'reckon-browser-')), environment)
    await reckon.startServer()
    return reckon
  }

  get address(): string {
    if (this.#address === null) throw new Error('the server has not started')
    return this.#address
  }

  /** Of the database that the server has brought. */
  get databaseUrl(): string {
    return embeddedUrl(this.#folder)
  }

  /** Starts the server, the second time on the same port and data. */
  async startServer(): Promise<void> {
    const server = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'server/dist/main.js')], {
      cwd: root,
      env: {
        ...process.env,
        ...this.#environment,
        // Empty counts as not set: what the developer's shell or vitest has set is none of its business.
        DATABASE_URL: '',
        NODE_ENV: '',
        RECKON_DATA: this.#folder,
        RECKON_AGENTS: '2',
        RECKON_AGENT_SLOTS: '4',
        // A restart finds what was left, however long it takes on a machine that is busy.
        RECKON_ORPHAN_GRACE_MS: '60000',
        // As under npm, it stops when what has started it ends: a test that is killed leaves no server.
        npm_lifecycle_event: 'start',
        PORT: this.#address === null ? '0' : new URL(this.#address).port,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#server = server
    this.#address = await readAddress(server)
  }

  /** As a power cut would end it, but for its database and its agents, which live on. */
  async killServer(): Promise<void> {
    await this.#endServer('SIGKILL')
  }

  killAgent(name: string): void {
    const note = JSON.parse(readFileSync(path.join(this.#folder, 'agents', `${name}.json`), 'utf8')) as { pid: number }
    process.kill(note.pid, 'SIGKILL')
  }

  async stop(): Promise<void> {
    // A killed server leaves its database and its agents: the next one adopts them, and stops them with it.
    if (this.#server === null) await this.startServer()
    await this.#endServer('SIGINT')
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #endServer(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
    const server = this.#server
    this.#server = null
    if (server === null || server.exitCode !== null || server.signalCode !== null) return
    const exited = once(server, 'exit')
    server.kill(signal)
    // It takes seconds where it is right; a test that waits for ever tells nobody that it is not.
    const impatience = setTimeout(() => server.kill('SIGKILL'), 60_000)
    await exited
    clearTimeout(impatience)
  }
}

/** From the line with which the server says that it is ready. */
async function readAddress(server: ChildProcess): Promise<string> {
  if (!server.stdout || !server.stderr) throw new Error('its output is not piped')
  const complaints: string[] = []
  createInterface(server.stderr).on('line', (line) => complaints.push(line))
  for await (const line of createInterface(server.stdout)) {
    const address = /Reckon is ready: (\S+)/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error(`The server ended before it was ready. ${complaints.join('\n')}`)
}
