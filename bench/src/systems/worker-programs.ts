import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Ledger } from '../load/ledger.ts'
import { startProgram, type Program, type ProgramOptions } from '../processes/program.ts'
import { workerProcesses, type Work } from './system.ts'

/** What a worker of a peer is told on its command line. */
export interface WorkerSettings {
  /** Of its store. */
  readonly url: string
  /** Of this process alone. */
  readonly slots: number
  readonly durationMs: number
}

/** The worker processes of one system. */
export class WorkerPrograms {
  private running: readonly Program[] = []
  private readonly optionsOf: (slots: number, durationMs: number, place: number) => Omit<ProgramOptions, 'onLost'>
  private readonly manySlots: number
  private readonly ledger: Ledger

  /** @param manySlots of all processes together, where there may be many */
  constructor(
    ledger: Ledger,
    manySlots: number,
    optionsOf: (slots: number, durationMs: number, place: number) => Omit<ProgramOptions, 'onLost'>,
  ) {
    this.ledger = ledger
    this.manySlots = manySlots
    this.optionsOf = optionsOf
  }

  async start({ slots, durationMs }: Work): Promise<void> {
    const each = (slots === 'many' ? this.manySlots : slots) / workerProcesses
    this.running = await Promise.all(
      Array.from({ length: workerProcesses }, (_, place) =>
        startProgram({
          ...this.optionsOf(each, durationMs, place),
          onLost: (error) => this.ledger.break(error),
        }),
      ),
    )
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map((program) => program.stop()))
    this.running = []
  }

  pids(): number[] {
    return this.running.map(({ pid }) => pid)
  }
}

/** Workers of a peer: `worker.ts` in its folder, which prints `ready` and stops in order when it is asked to. */
export function peerWorkers(folder: string, url: string, ledger: Ledger, manySlots: number): WorkerPrograms {
  const file = fileURLToPath(new URL(`./${folder}/worker.ts`, import.meta.url))
  return new WorkerPrograms(ledger, manySlots, (slots, durationMs) => ({
    command: [
      process.execPath,
      '--import',
      'tsx',
      file,
      JSON.stringify({ url, slots, durationMs } satisfies WorkerSettings),
    ],
    environment: { NODE_ENV: 'production' },
    ready: /ready/,
  }))
}
