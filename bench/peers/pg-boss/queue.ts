import type { ClientBase } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { ReadyTask } from '../postgres/task.ts'

export const queue = 'operations'

/** Adds jobs, many at once, in the caller's transaction: `insert` of https://pgboss.io/api/jobs */
export async function insertJobs(boss: PgBoss, client: ClientBase, tasks: readonly ReadyTask[]): Promise<void> {
  if (tasks.length === 0) return
  const db = {
    executeSql: async (text: string, values: unknown[]) => client.query(text, values),
  }
  await boss.insert(
    queue,
    tasks.map((data) => ({ data })),
    { db },
  )
}
