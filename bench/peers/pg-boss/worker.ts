import pg from 'pg'
import PgBoss from 'pg-boss'
import { countDone, operate, runUntilAsked, settings } from '../worker-process.ts'
import { settle } from '../postgres/graph.ts'
import { inTransaction } from '../postgres/transaction.ts'
import type { ReadyTask } from '../postgres/task.ts'
import { insertJobs, queue, workChannel } from './queue.ts'

const { url, slots, durationMs } = settings

/**
 * A worker of pg-boss takes a batch and comes back when all of it is done: https://timgit.github.io/pg-boss/#/./api/workers. So jobs that take
 * no time come in large batches, and of those that do each slot is a worker.
 */
const workers = durationMs === 0 ? { count: 2, batchSize: slots / 2 } : { count: slots, batchSize: 1 }

// The process that submits runs the maintenance.
const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, migrate: false })
boss.on('error', console.error)
await boss.start()
const pool = new pg.Pool({ connectionString: url, max: workers.count })

async function work(jobs: readonly PgBoss.Job<ReadyTask>[]): Promise<void> {
  const computed = await Promise.all(
    jobs.map(async ({ data: { expression, parent, side, operator, left, right } }) => {
      return { expression, parent, side, value: await operate(operator, left, right) }
    }),
  )
  await inTransaction(pool, async (client) => insertJobs(boss, client, await settle(client, computed)))
  countDone(computed.length)
}

// It polls every half second at best; `notifyWorker` is what it has to do better: at news, and while there is more.
const ids = await Promise.all(
  Array.from({ length: workers.count }, async () => {
    const id: string = await boss.work<ReadyTask>(
      queue,
      { batchSize: workers.batchSize, pollingIntervalSeconds: 0.5, priority: false },
      async (jobs) => {
        await work(jobs)
        boss.notifyWorker(id)
      },
    )
    return id
  }),
)
const listener = new pg.Client(url)
await listener.connect()
listener.on('notification', () => ids.forEach((id) => boss.notifyWorker(id)))
await listener.query(`LISTEN ${workChannel}`)
runUntilAsked(async () => {
  await boss.stop({ graceful: true, wait: true, timeout: 5_000 })
  await Promise.all([pool.end(), listener.end()])
})
