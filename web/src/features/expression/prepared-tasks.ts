import type { Client } from '@urql/core'
import { pipe, take, toPromise } from 'wonka'
import type { Task } from './useTasks.ts'
import { TasksSubscription } from './tasks-subscription.ts'

/** What nobody has come for by then they will ask for anew. */
const keptMs = 5_000

const prepared = new Map<string, readonly Task[]>()

/** Fetches the tasks of an expression for the page that is about to show it. */
export async function prepareTasks(client: Client, expressionId: string): Promise<void> {
  const { data } = await pipe(client.subscription(TasksSubscription, { expressionId }), take(1), toPromise)
  if (!data) return
  prepared.set(expressionId, data.tasksChanged)
  setTimeout(() => prepared.delete(expressionId), keptMs)
}

/** With these a page begins; its own subscription follows. */
export const preparedTasks = (expressionId: string): readonly Task[] | null => prepared.get(expressionId) ?? null
