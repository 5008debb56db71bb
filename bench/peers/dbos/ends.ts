import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import type { Ended } from '../polled-ends.ts'

/** So many are asked for at once, the oldest first, as workers take them. */
const mostAtOnce = 256

/** Which of these workflows have ended: one question for all of them, as DBOS' client hears of nothing by itself. */
export async function findEnded(client: DBOSClient, open: readonly string[]): Promise<Ended[]> {
  const ended = await client.listWorkflows({
    workflowIDs: open.slice(0, mostAtOnce),
    status: ['SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'],
    loadInput: false,
  })
  return ended.map(({ workflowID, status, output }) => ({
    id: workflowID,
    ending: status === 'SUCCESS' ? { kind: 'value', value: String(output) } : { kind: 'failure', message: status },
  }))
}
