import type { Ledger } from '../load/ledger.ts'
import type { CleanUp } from '../processes/clean-up.ts'
import type { Offer, Offers } from './offers.ts'
import type { Expression } from '../workload/expression.ts'

/** What is measured: Reckon, or a peer of it. */
export interface System {
  readonly name: string
  /** What a reader of the tables must know of it, where its name does not say it. */
  readonly note?: string
  /** Takes part only where it is named. */
  readonly isExtra?: boolean
  readonly offers: readonly Offer[]
  /** Why it cannot run here, in a few words that say what to do; null where it can. */
  missing(): string | null
  /** Starts all of it but the workers, on fresh storage. What it starts is ended by `cleanUp`. */
  start(ledger: Ledger, cleanUp: CleanUp): Promise<RunningSystem>
}

/** Has what its system offers. */
export interface RunningSystem extends Partial<Offers> {
  /** How many expressions one submission carries and how many submissions may be unanswered: 64 expressions in all, for every system. */
  readonly submission: { readonly size: number; readonly unanswered: number }
  /** Resolves when the expressions are taken in and will survive a crash. Ends are told to the ledger as the client learns of them. */
  submit(expressions: readonly Expression[]): Promise<void>
  /** Starts the two worker processes. Resolves when they can take work. */
  startWorkers(work: Work): Promise<void>
  stopWorkers(): Promise<void>
  /** Whose CPU and memory to count. */
  processes(): Readonly<Record<Role, readonly number[]>>
  /** Bytes written to its log so far: of PostgreSQL's WAL, or of Redis' AOF. */
  logBytes(): Promise<number>
  /** Operations done so far, those of unfinished expressions too. */
  operationsDone(): Promise<number>
}

export interface Work {
  /** How many operations both worker processes together compute at once; as many as the system does best with where it is `many`. */
  readonly slots: number | 'many'
  /** How long an operation takes. */
  readonly durationMs: number
}

/** The client is this process for all systems. */
export type Role = 'server' | 'store' | 'workers' | 'client'

export const roles: readonly Role[] = ['server', 'store', 'workers', 'client']

export const workerProcesses = 2
