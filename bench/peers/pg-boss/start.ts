import { PgBoss } from 'pg-boss'
import type { Ledger } from '../../src/load/ledger.ts'
import type { CleanUp } from '../../src/processes/clean-up.ts'
import type { RunningSystem } from '../../src/systems/system.ts'
import { startPostgresQueue } from '../postgres/start.ts'
import { insertJobs, queue } from './queue.ts'

/** pg-boss: https://pgboss.io. The process that submits runs its maintenance. */
export const start = (ledger: Ledger, cleanUp: CleanUp): Promise<RunningSystem> =>
  startPostgresQueue(
    {
      folder: 'pg-boss',
      manySlots: 1_000,
      async open(connectionString) {
        const boss = new PgBoss({ connectionString, schedule: false })
        boss.on('error', (error) => ledger.break(error))
        cleanUp.add(() => boss.stop({ graceful: false }))
        await boss.start()
        // Workers are told of new jobs, and need not poll.
        await boss.createQueue(queue, { notify: true })
        return (client, tasks) => insertJobs(boss, client, tasks)
      },
    },
    ledger,
    cleanUp,
  )
