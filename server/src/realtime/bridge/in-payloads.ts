import { inChunks } from '../../lists.ts'
import type { ClusterMessage } from '../cluster-message.ts'

/** Items that go into one message: so many that it stays well below the largest payload. */
export const maxStates = 30
export const maxIds = 100
const maxTasks = 500
const maxAttempts = 100

/** The same message in parts of which each fits into a payload. */
export function inPayloads(message: ClusterMessage): readonly ClusterMessage[] {
  switch (message.kind) {
    case 'logWritten':
    case 'tasksUseless':
      return inChunks(message.tasks, maxTasks).map((tasks) => ({ ...message, tasks }))
    case 'assigned':
    case 'released':
      return inChunks(message.tasks, maxAttempts).map((tasks) => ({ ...message, tasks }))
    case 'assignmentsWanted':
      return inChunks(message.expressionIds, maxIds).map((expressionIds) => ({ ...message, expressionIds }))
    default:
      return [message]
  }
}
