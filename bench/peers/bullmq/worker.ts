import { Worker, type Job } from 'bullmq'
import { countDone, operate, runUntilAsked, settings } from '../worker-process.ts'
import { connectionTo } from './connection.ts'
import { operationQueue, rootQueue, type OperationData, type OperationResult } from './flow.ts'
import { SlotLimit } from '../slot-limit.ts'

const { url, slots } = settings

// Each of the two workers may have as many jobs as there are slots, and both share them.
const limit = new SlotLimit(slots)

async function operation(job: Job<OperationData, OperationResult>): Promise<OperationResult> {
  const { operator, side, ...operands } = job.data
  const children = operands.left === undefined || operands.right === undefined ? await job.getChildrenValues() : {}
  const valueOf = (of: 'left' | 'right'): string => {
    const values = Object.values(children) as OperationResult[]
    const value = operands[of] ?? values.find((child) => child.side === of)?.value
    if (value === undefined) throw new Error(`${job.id} lacks its ${of} operand`)
    return value
  }
  const value = await limit.run(() => operate(operator, valueOf('left'), valueOf('right')))
  return { value, ...(side && { side }) }
}

// Many jobs at once in each of several processes: https://docs.bullmq.io/guide/workers/concurrency
const options = { connection: connectionTo(url), concurrency: slots }
const workers = [rootQueue, operationQueue].map((queue) => new Worker(queue, operation, options))
for (const worker of workers) worker.on('error', console.error).on('completed', () => countDone(1))
await Promise.all(workers.map((worker) => worker.waitUntilReady()))
runUntilAsked(() => Promise.all(workers.map((worker) => worker.close())))
