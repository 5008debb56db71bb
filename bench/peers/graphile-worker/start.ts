import { runMigrations } from 'graphile-worker'
import type { Ledger } from '../../src/load/ledger.ts'
import type { CleanUp } from '../../src/processes/clean-up.ts'
import { startPostgresQueue } from '../postgres/start.ts'
import type { RunningSystem } from '../../src/systems/system.ts'
import { addJobsOf } from './queue.ts'

/** Graphile Worker: https://worker.graphile.org/docs */
export const start = (ledger: Ledger, cleanUp: CleanUp): Promise<RunningSystem> =>
  startPostgresQueue(
    {
      folder: 'graphile-worker',
      manySlots: 200,
      migrate: (connectionString) => runMigrations({ connectionString }),
      async enqueue(client, tasks) {
        await client.query({
          name: 'enqueue',
          text: addJobsOf('json_populate_recordset(NULL::bench_task, $1)'),
          values: [JSON.stringify(tasks)],
        })
      },
    },
    ledger,
    cleanUp,
  )
