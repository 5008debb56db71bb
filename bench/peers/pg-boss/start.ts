import PgBoss from 'pg-boss'
import type { Ledger } from '../../src/load/ledger.ts'
import type { CleanUp } from '../../src/processes/clean-up.ts'
import { startPostgresQueue } from '../postgres/start.ts'
import type { RunningSystem } from '../../src/systems/system.ts'
import { insertJobs, queue } from './queue.ts'

/** pg-boss: https://timgit.github.io/pg-boss */
export async function start(ledger: Ledger, cleanUp: CleanUp): Promise<RunningSystem> {
  let boss: PgBoss | undefined
  return startPostgresQueue(
    {
      folder: 'pg-boss',
      manySlots: 1_000,
      async migrate(connectionString) {
        const started = new PgBoss({ connectionString, schedule: false })
        started.on('error', (error) => ledger.break(error))
        cleanUp.add(() => started.stop({ graceful: false, wait: true }))
        await started.start()
        await started.createQueue(queue)
        boss = started
      },
      async enqueue(client, tasks) {
        if (boss === undefined) throw new Error('enqueue comes after migrate')
        await insertJobs(boss, client, tasks)
      },
    },
    ledger,
    cleanUp,
  )
}
