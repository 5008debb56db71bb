import { Logger, run } from 'graphile-worker'
import pg from 'pg'
import { Batcher } from '../../../server/src/store/batcher.ts'
import { countDone, operate, runUntilAsked, settings } from '../worker-process.ts'
import type { Computed } from '../postgres/graph.ts'
import { addJobsOf, identifier, type Payload } from './queue.ts'

const { url, slots, durationMs } = settings
const isInstant = durationMs === 0

// What jobs have computed goes in together, one statement at a time, and what becomes ready by it is enqueued by the same statement.
const pool = new pg.Pool({ connectionString: url, max: 2 })
const settling = new Batcher<Computed, void>(async (computed) => {
  await pool.query({ name: 'settle', text: addJobsOf('bench_settle($1)'), values: [JSON.stringify(computed)] })
  countDone(computed.length)
  return []
})

const runner = await run(
  {
    // https://worker.graphile.org/docs/performance: jobs are fetched and completed in batches, with the values of its own benchmark. Where
    // operations take time, a worker must not lock more jobs than it can do, since the other would idle, and completing at once was faster.
    preset: {
      worker: {
        connectionString: url,
        concurrentJobs: slots,
        maxPoolSize: 10,
        localQueue: { size: isInstant ? 500 : slots + 1 },
        ...(isInstant && { completeJobBatchDelay: 0, failJobBatchDelay: 0 }),
        // It would write a line a job.
        logger: new Logger(() => () => {}),
      },
    },
    noHandleSignals: true,
  },
  {
    async [identifier](payload) {
      const { expression, parent, side, operator, left, right } = payload as Payload
      await settling.add({ expression, parent, side, value: await operate(operator, left, right) })
    },
  },
)
runUntilAsked(async () => {
  await runner.stop()
  await pool.end()
})
