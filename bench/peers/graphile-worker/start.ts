import { runMigrations } from 'graphile-worker'
import type { Ledger } from '../../src/load/ledger.ts'
import type { CleanUp } from '../../src/processes/clean-up.ts'
import type { RunningSystem } from '../../src/systems/system.ts'
import { startPostgresQueue } from '../postgres/start.ts'
import { addJobsOf } from './queue.ts'

const enqueue = { name: 'enqueue', text: addJobsOf('json_populate_recordset(NULL::bench_task, $1)') }

/** Graphile Worker: https://worker.graphile.org/docs */
export const start = (ledger: Ledger, cleanUp: CleanUp): Promise<RunningSystem> =>
  startPostgresQueue(
    {
      folder: 'graphile-worker',
      manySlots: 200,
      async open(connectionString) {
        await runMigrations({ connectionString })
        return async (client, tasks) => void (await client.query({ ...enqueue, values: [JSON.stringify(tasks)] }))
      },
    },
    ledger,
    cleanUp,
  )
