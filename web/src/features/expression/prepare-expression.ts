import type { Client } from '@urql/core'
import { ExpressionQuery } from './ExpressionPage.tsx'
import { prepareTasks } from './prepared-tasks.ts'
import { TaskGraph } from './TaskMap.tsx'

/** Has at hand what the page of an expression shows first. */
export async function prepareExpression(client: Client, uncached: Client, id: string): Promise<void> {
  await Promise.all([
    client.query(ExpressionQuery, { id }).toPromise(),
    prepareTasks(uncached, id),
    TaskGraph.prepare(),
  ])
}
