import process from 'node:process'
import pg from 'pg'
import type { Ledger } from '../../src/load/ledger.ts'
import type { CleanUp } from '../../src/processes/clean-up.ts'
import { startPostgres } from '../../src/processes/postgres.ts'
import type { RunningSystem } from '../../src/systems/system.ts'
import { peerWorkers } from '../workers.ts'
import { createGraph, endedChannel, insertWaiting } from './graph.ts'
import { split, type ReadyTask } from './task.ts'
import { inTransaction } from './transaction.ts'

/** What a queue on PostgreSQL adds to what all such queues need here. */
export interface PostgresQueue {
  /** The folder of its worker. */
  readonly folder: string
  /** Slots of both worker processes together where there may be many. */
  readonly manySlots: number
  /** Makes its own tables. @returns how to add jobs, many at once, within a transaction */
  open(url: string): Promise<(client: pg.ClientBase, tasks: readonly ReadyTask[]) => Promise<void>>
}

/** Starts a peer that keeps its jobs in PostgreSQL. Its client adds jobs in bulk and learns of the ends from a channel. */
export async function startPostgresQueue(
  queue: PostgresQueue,
  ledger: Ledger,
  cleanUp: CleanUp,
): Promise<RunningSystem> {
  const postgres = await startPostgres(cleanUp)
  const enqueue = await queue.open(postgres.url)
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 })
  pool.on('error', (error) => ledger.break(error))
  cleanUp.add(() => pool.end())
  await inTransaction(pool, createGraph)
  await listen(postgres.url, ledger, cleanUp)
  const workers = peerWorkers(queue.folder, postgres.url, ledger, queue.manySlots)
  cleanUp.add(() => workers.programs.stop())
  return {
    submission: { size: 16, unanswered: 4 },
    async submit(expressions) {
      const { ready, waiting } = split(expressions)
      await inTransaction(pool, async (client) => {
        await insertWaiting(client, waiting)
        await enqueue(client, ready)
      })
    },
    startWorkers: (work) => workers.programs.start(work),
    stopWorkers: () => workers.programs.stop(),
    processes: () => ({ server: [], store: [postgres.pid], workers: workers.programs.pids(), client: [process.pid] }),
    operationsDone: () => workers.operationsDone(),
    logBytes: () => postgres.logBytes(),
  }
}

async function listen(url: string, ledger: Ledger, cleanUp: CleanUp): Promise<void> {
  const listener = new pg.Client(url)
  listener.on('error', (error) => ledger.break(error))
  listener.on('notification', ({ payload = '' }) => {
    const [id = '', value = ''] = payload.split(' ')
    ledger.ended(id, { kind: 'value', value })
  })
  await listener.connect()
  cleanUp.add(() => listener.end())
  await listener.query(`LISTEN ${endedChannel}`)
}
