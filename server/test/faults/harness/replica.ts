import { testSecrets } from '../../support/test-app.ts'
import { Program, type LogLine } from './program.ts'
import { Proxy } from './proxy.ts'

/** A place for a server process. Its address stays as servers come and go. */
export class Replica {
  readonly name: string
  /** The network to this replica alone. */
  readonly network: Proxy
  /** The server process that runs here now, and those that did. */
  readonly programs: Program[] = []
  private port: number | null = null
  /** The row in the database of the one that runs now. */
  private row: string | null = null
  private readonly environment: Readonly<Record<string, string>>
  private readonly clockAheadMs: number

  static async start(
    name: string,
    environment: Readonly<Record<string, string>>,
    clockAheadMs: number,
  ): Promise<Replica> {
    const network: Proxy = await Proxy.start(() => replica.openPorts)
    const replica = new Replica(name, network, environment, clockAheadMs)
    await replica.start()
    return replica
  }

  private constructor(
    name: string,
    network: Proxy,
    environment: Readonly<Record<string, string>>,
    clockAheadMs: number,
  ) {
    this.name = name
    this.network = network
    this.environment = environment
    this.clockAheadMs = clockAheadMs
  }

  get program(): Program {
    const program = this.programs.at(-1)
    if (program === undefined) throw new Error(`${this.name} was never started`)
    return program
  }

  get id(): string {
    if (this.row === null) throw new Error(`${this.name} does not run`)
    return this.row
  }

  /** The port while it can be reached; a balancer would see that a stopped process does not answer. */
  get openPorts(): readonly number[] {
    return this.port !== null && this.program.isRunning && !this.program.isPaused ? [this.port] : []
  }

  /** What balancers ask. */
  async isReady(): Promise<boolean> {
    const response = await fetch(`http://127.0.0.1:${this.port}/ready`, { signal: AbortSignal.timeout(3_000) })
    await response.text()
    return response.ok
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const listening = new Promise<LogLine>((resolve, reject) => {
      const program = new Program({
        name: this.name,
        file: 'server/dist/main.js',
        environment: {
          NODE_ENV: 'test',
          HOST: '127.0.0.1',
          PORT: '0',
          JWT_SECRET: testSecrets.jwt,
          TICKET_SECRET: testSecrets.ticket,
          // A cluster's agents share one token.
          MAX_AGENTS_PER_TOKEN: '1000',
          MAX_SLOTS_PER_TOKEN: '100000',
          ...this.environment,
        },
        clockAheadMs: this.clockAheadMs,
        onLine: (line) => line.msg === 'listening' && resolve(line),
      })
      this.programs.push(program)
      void program.ended.then(() => reject(new Error(`${this.name} did not start: ${program.lastLines.join('\n')}`)))
    })
    const { address, replica } = await listening
    this.port = (address as { port: number }).port
    this.row = String(replica)
  }

  /** Ends it as `kill -9` does. Returns the id that its row has. */
  async kill(): Promise<string> {
    const { id } = this
    await this.program.kill()
    return id
  }

  /** Stops it in order, and starts another in its place. */
  async replace(): Promise<void> {
    await this.program.stop()
    await this.start()
  }

  async end(): Promise<void> {
    if (this.program.isRunning) await this.program.stop()
    await this.network.stop()
  }
}
