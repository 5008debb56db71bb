import process from 'node:process'
import { FlowProducer, Queue, QueueEvents, type ConnectionOptions } from 'bullmq'
import type { Ending, Ledger } from '../../src/load/ledger.ts'
import type { CleanUp } from '../../src/processes/clean-up.ts'
import { startPostgres } from '../../src/processes/postgres.ts'
import { startRedis } from '../redis.ts'
import type { RunningSystem } from '../../src/systems/system.ts'
import { peerWorkers } from '../workers.ts'
import { PolledEnds } from '../polled-ends.ts'
import { connectionTo } from './connection.ts'
import { findEnded, kept } from './ends.ts'
import { flowOf, rootQueue, type OperationResult } from './flow.ts'

/** Of both processes together. */
const manySlots = 200

/**
 * BullMQ: flows, whose parents run when their children are done. https://docs.bullmq.io
 *
 * @param store PostgreSQL, or Redis and when it syncs
 */
export async function start(ledger: Ledger, cleanUp: CleanUp, store = 'always'): Promise<RunningSystem> {
  const { url, pid, logBytes } =
    store === 'postgres'
      ? await startPostgres(cleanUp)
      : await startRedis(store, cleanUp, (error) => ledger.break(error))
  const connection = connectionTo(url)
  const producer = new FlowProducer({ connection })
  cleanUp.add(() => producer.close())
  const events = new QueueEvents(rootQueue, { connection })
  cleanUp.add(() => events.close())
  producer.on('error', (error) => ledger.break(error))
  events.on('error', (error) => ledger.break(error))
  const polled = store === 'postgres' ? pollEnds(connection, ledger, cleanUp) : null
  const ended = (id: string, ending: Ending) => (polled ? polled.ended({ id, ending }) : ledger.ended(id, ending))
  events.on('completed', ({ jobId, returnvalue }) => {
    const { value } = returnvalue as unknown as OperationResult
    ended(jobId, { kind: 'value', value })
  })
  events.on('failed', ({ jobId, failedReason }) => ended(jobId, { kind: 'failure', message: failedReason }))
  await Promise.all([producer.waitUntilReady(), events.waitUntilReady()])
  const workers = peerWorkers('bullmq', url, ledger, manySlots)
  cleanUp.add(() => workers.programs.stop())
  return {
    // In bulk, as https://docs.bullmq.io/guide/flows/adding-flows-in-bulk advises.
    submission: { size: 16, unanswered: 4 },
    async submit(expressions) {
      polled?.expect(expressions.map(({ id }) => id))
      await producer.addBulk(expressions.map((expression) => flowOf(expression, polled ? { count: kept } : true)))
    },
    startWorkers: (work) => workers.programs.start(work),
    stopWorkers: () => workers.programs.stop(),
    processes: () => ({ server: [], store: [pid], workers: workers.programs.pids(), client: [process.pid] }),
    operationsDone: () => workers.operationsDone(),
    logBytes,
  }
}

function pollEnds(connection: ConnectionOptions, ledger: Ledger, cleanUp: CleanUp): PolledEnds {
  const roots = new Queue(rootQueue, { connection })
  roots.on('error', (error) => ledger.break(error))
  cleanUp.add(() => roots.close())
  const polled = new PolledEnds({ ledger, pollMs: 50, find: () => findEnded(roots) })
  cleanUp.add(() => polled.close())
  return polled
}
