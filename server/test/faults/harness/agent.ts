import { Program } from './program.ts'
import { readTicket, type TicketContent } from './ticket.ts'

/** A task that an agent process has computed to its end, by its own log. */
export interface Computation extends TicketContent {
  /** The process: an agent that was started again is another one. */
  readonly by: AgentRun
  readonly ticket: string
  /** By the clock of the machine that all share; milliseconds since the Unix epoch. */
  readonly startedAt: number
  readonly endedAt: number
}

interface AgentOptions {
  readonly name: string
  readonly slots: number
  readonly token: string
  readonly socketUrl: string
  readonly clockAheadMs?: number
}

/** A process of an agent. */
export class AgentRun {
  readonly program: Program
  readonly computations: Computation[] = []
  readonly name: string

  constructor({ name, slots, token, socketUrl, clockAheadMs = 0 }: AgentOptions) {
    this.name = name
    this.program = new Program({
      name,
      file: 'agent/dist/main.js',
      argv: ['--name', name, '--slots', String(slots)],
      environment: { RECKON_SERVER: socketUrl, RECKON_AGENT_TOKEN: token, LOG_LEVEL: 'debug' },
      clockAheadMs,
      onLine: ({ msg, time, ticket, elapsedMs }) => {
        if (msg !== 'computed') return
        const endedAt = time - clockAheadMs
        this.computations.push({
          ...readTicket(String(ticket)),
          by: this,
          ticket: String(ticket),
          startedAt: endedAt - Number(elapsedMs),
          endedAt,
        })
      },
    })
  }
}

/** An agent: its process, and a new one under its name when that was killed. */
export class Agent {
  readonly runs: AgentRun[] = []
  private readonly options: AgentOptions

  constructor(options: AgentOptions) {
    this.options = options
    this.start()
  }

  get name(): string {
    return this.options.name
  }

  get slots(): number {
    return this.options.slots
  }

  get program(): Program {
    const run = this.runs.at(-1)
    if (run === undefined) throw new Error(`${this.name} was never started`)
    return run.program
  }

  start(): void {
    this.runs.push(new AgentRun(this.options))
  }

  async end(): Promise<void> {
    if (this.program.isRunning) await this.program.stop()
  }
}
