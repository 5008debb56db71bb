import process from 'node:process'
import { FlowProducer, QueueEvents } from 'bullmq'
import type { Ledger } from '../../src/load/ledger.ts'
import type { CleanUp } from '../../src/processes/clean-up.ts'
import { startRedis } from '../redis.ts'
import type { RunningSystem } from '../../src/systems/system.ts'
import { peerWorkers } from '../workers.ts'
import { flowOf, rootQueue, type OperationResult } from './flow.ts'

/** Of both processes together. */
const manySlots = 200

/** BullMQ: flows, whose parents run when their children are done. https://docs.bullmq.io */
export async function start(ledger: Ledger, cleanUp: CleanUp, appendfsync = 'always'): Promise<RunningSystem> {
  const redis = await startRedis(appendfsync, cleanUp, (error) => ledger.break(error))
  const connection = { url: redis.url }
  const producer = new FlowProducer({ connection })
  cleanUp.add(() => producer.close())
  const events = new QueueEvents(rootQueue, { connection })
  cleanUp.add(() => events.close())
  producer.on('error', (error) => ledger.break(error))
  events.on('error', (error) => ledger.break(error))
  events.on('completed', ({ jobId, returnvalue }) => {
    const { value } = returnvalue as unknown as OperationResult
    ledger.ended(jobId, { kind: 'value', value })
  })
  events.on('failed', ({ jobId, failedReason }) => ledger.ended(jobId, { kind: 'failure', message: failedReason }))
  await Promise.all([producer.waitUntilReady(), events.waitUntilReady()])
  const workers = peerWorkers('bullmq', redis.url, ledger, manySlots)
  cleanUp.add(() => workers.programs.stop())
  return {
    // In bulk, as https://docs.bullmq.io/guide/flows/adding-flows-in-bulk advises.
    submission: { size: 16, unanswered: 4 },
    submit: async (expressions) => void (await producer.addBulk(expressions.map(flowOf))),
    startWorkers: (work) => workers.programs.start(work),
    stopWorkers: () => workers.programs.stop(),
    processes: () => ({ server: [], store: [redis.pid], workers: workers.programs.pids(), client: [process.pid] }),
    operationsDone: () => workers.operationsDone(),
    logBytes: () => redis.logBytes(),
  }
}
