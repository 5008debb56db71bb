import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Ledger } from '../src/load/ledger.ts'
import { WorkerPrograms } from '../src/systems/worker-programs.ts'

/** What a worker of a peer is told on its command line. */
export interface WorkerSettings {
  /** Of its store. */
  readonly url: string
  readonly slots: number
  readonly durationMs: number
  /** Of this worker, from 1. */
  readonly number: number
}

export interface PeerWorkers {
  readonly programs: WorkerPrograms
  /** What all workers said they have done, those that were stopped too. */
  operationsDone(): Promise<number>
}

/** Workers of a peer: `worker.ts` in its folder, which prints `ready`, tells how much it has done, and stops in order when it is asked to. */
export function peerWorkers(folder: string, url: string, ledger: Ledger, manySlots: number): PeerWorkers {
  const file = fileURLToPath(new URL(`./${folder}/worker.ts`, import.meta.url))
  let operations = 0
  const programs = new WorkerPrograms(ledger, manySlots, (options) => {
    const settings: WorkerSettings = { url, ...options }
    let done = 0
    return {
      command: [process.execPath, '--import', 'tsx', file, JSON.stringify(settings)],
      environment: { NODE_ENV: 'production' },
      ready: /ready/,
      onMessage(message) {
        operations += Number(message) - done
        done = Number(message)
      },
    }
  })
  return { programs, operationsDone: () => Promise.resolve(operations) }
}
