import process from 'node:process'
import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk'
import pg from 'pg'
import type { Ledger } from '../../src/load/ledger.ts'
import type { CleanUp } from '../../src/processes/clean-up.ts'
import { startPostgres } from '../../src/processes/postgres.ts'
import type { RunningSystem } from '../../src/systems/system.ts'
import { inTransaction } from '../postgres/transaction.ts'
import { peerWorkers } from '../workers.ts'
import { PolledEnds } from '../polled-ends.ts'
import { findEnded } from './ends.ts'
import type { evaluateTasks } from './evaluate.ts'
import { application, evaluate, pollMs, queue } from './queue.ts'

/** Of both processes together. */
const manySlots = 200

/** DBOS Transact: https://docs.dbos.dev/typescript. A workflow an expression, which waits on a queue; a step an operation. */
export async function start(ledger: Ledger, cleanUp: CleanUp): Promise<RunningSystem> {
  const postgres = await startPostgres(cleanUp)
  await DBOS.migrate(postgres.url)
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 })
  pool.on('error', (error) => ledger.break(error))
  cleanUp.add(() => pool.end())
  const client = await DBOSClient.create({ systemDatabaseUrl: postgres.url, applicationName: application.name })
  cleanUp.add(() => client.destroy())
  const ends = new PolledEnds({ ledger, pollMs, find: (open) => findEnded(client, open) })
  cleanUp.add(() => ends.close())
  const workers = peerWorkers('dbos', postgres.url, ledger, manySlots)
  cleanUp.add(() => workers.programs.stop())
  const options = { queueName: queue, workflowName: evaluate, appVersion: application.version }
  return {
    submission: { size: 16, unanswered: 4 },
    async submit(expressions) {
      ends.expect(expressions.map(({ id }) => id))
      await inTransaction(pool, async (transaction) => {
        for (const { id, tasks } of expressions)
          await client.enqueueInTransaction<typeof evaluateTasks>(transaction, { ...options, workflowID: id }, tasks)
      })
    },
    startWorkers: (work) => workers.programs.start(work),
    stopWorkers: () => workers.programs.stop(),
    processes: () => ({ server: [], store: [postgres.pid], workers: workers.programs.pids(), client: [process.pid] }),
    operationsDone: () => workers.operationsDone(),
    logBytes: () => postgres.logBytes(),
  }
}
