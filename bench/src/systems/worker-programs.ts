import type { Ledger } from '../load/ledger.ts'
import { startProgram, type Program, type ProgramOptions } from '../processes/program.ts'
import { workerProcesses, type Work } from './system.ts'

/** One worker of a system. */
export interface WorkerOptions {
  /** Of this process alone. */
  readonly slots: number
  readonly durationMs: number
  /** From 1. */
  readonly number: number
}

/** The worker processes of one system. */
export class WorkerPrograms {
  private running: readonly Program[] = []
  private readonly ledger: Ledger
  private readonly manySlots: number
  private readonly programOf: (options: WorkerOptions) => Omit<ProgramOptions, 'onLost'>

  /** @param manySlots of all processes together, where there may be many */
  constructor(
    ledger: Ledger,
    manySlots: number,
    programOf: (options: WorkerOptions) => Omit<ProgramOptions, 'onLost'>,
  ) {
    this.ledger = ledger
    this.manySlots = manySlots
    this.programOf = programOf
  }

  async start({ slots, durationMs }: Work): Promise<void> {
    const each = (slots === 'many' ? this.manySlots : slots) / workerProcesses
    const programs = Array.from({ length: workerProcesses }, (_, place) =>
      startProgram({
        ...this.programOf({ slots: each, durationMs, number: place + 1 }),
        onLost: (error) => this.ledger.break(error),
      }),
    )
    this.running = await Promise.all(programs)
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map((program) => program.stop()))
    this.running = []
  }

  pids(): number[] {
    return this.running.map(({ pid }) => pid)
  }
}
