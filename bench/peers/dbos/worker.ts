import { DBOS } from '@dbos-inc/dbos-sdk'
import { runUntilAsked, settings } from '../worker-process.ts'
import { evaluateTasks } from './evaluate.ts'
import { application, evaluate, pollMs, queue } from './queue.ts'

const { url, slots, number } = settings

DBOS.setConfig({
  name: application.name,
  applicationVersion: application.version,
  // A worker that comes anew in the place of another goes on with what that one has left.
  executorID: `worker-${number}`,
  systemDatabaseUrl: url,
  systemDatabasePoolSize: 20,
  logLevel: 'error',
})
DBOS.registerWorkflow(evaluateTasks, { name: evaluate })
await DBOS.launch()
// An expression keeps one slot busy at least, so there are never more of them than slots.
await DBOS.registerQueue(queue, {
  workerConcurrency: slots,
  minPollingIntervalMs: pollMs,
  onConflict: 'always_update',
})
runUntilAsked(() => DBOS.shutdown({ workflowCompletionTimeoutMS: 5_000 }))
