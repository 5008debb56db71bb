import pg from 'pg'
import { PgBoss, type Job } from 'pg-boss'
import { countDone, operate, runUntilAsked, settings } from '../worker-process.ts'
import { settle } from '../postgres/graph.ts'
import { inTransaction } from '../postgres/transaction.ts'
import type { ReadyTask } from '../postgres/task.ts'
import { insertJobs, queue } from './queue.ts'

const { url, slots, durationMs } = settings

/**
 * A worker of pg-boss takes a batch and comes back when all of it is done: https://pgboss.io/api/workers. So jobs that take
 * no time come in large batches, and of those that do each slot is a worker.
 */
const workers = durationMs === 0 ? { count: 2, batchSize: slots / 2 } : { count: slots, batchSize: 1 }

// The process that submits runs the maintenance.
const boss = new PgBoss({
  connectionString: url,
  supervise: false,
  schedule: false,
  migrate: false,
  useListenNotify: true,
})
boss.on('error', console.error)
await boss.start()
const pool = new pg.Pool({ connectionString: url, max: workers.count })

async function work(jobs: readonly Job<ReadyTask>[]): Promise<void> {
  const computed = await Promise.all(
    jobs.map(async ({ data: { expression, parent, side, operator, left, right } }) => {
      return { expression, parent, side, value: await operate(operator, left, right) }
    }),
  )
  await inTransaction(pool, async (client) => insertJobs(boss, client, await settle(client, computed)))
  countDone(computed.length)
}

// A new job wakes all workers; one that has done a batch looks for more at once.
await Promise.all(
  Array.from({ length: workers.count }, async () => {
    const id: string = await boss.work<ReadyTask>(queue, { batchSize: workers.batchSize }, async (jobs) => {
      await work(jobs)
      boss.notifyWorker(id)
    })
  }),
)
runUntilAsked(async () => {
  await boss.stop({ graceful: true, timeout: 5_000 })
  await pool.end()
})
