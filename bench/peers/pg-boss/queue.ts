import type { ClientBase } from 'pg'
import type PgBoss from 'pg-boss'
import type { ReadyTask } from '../postgres/task.ts'

export const queue = 'operations'

/** The channel on which workers, which poll every half second at best, are told that there is work. */
export const workChannel = 'bench_work'

/** Adds jobs, many at once, in the caller's transaction: `insert` of https://timgit.github.io/pg-boss/#/./api/jobs */
export async function insertJobs(boss: PgBoss, client: ClientBase, tasks: readonly ReadyTask[]): Promise<void> {
  if (tasks.length === 0) return
  const db = {
    executeSql: async (text: string, values: unknown[]) => client.query(text, values),
  }
  await boss.insert(
    tasks.map((data) => ({ name: queue, data })),
    { db },
  )
  await client.query(`NOTIFY ${workChannel}`)
}
