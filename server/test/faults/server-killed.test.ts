import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

faultTest(
  'kill -9 of the only server with 10 000 tasks in flight, and its restart',
  { replicas: 1, users: 8, postgres: 'breakable' },
  async (cluster) => {
    const { admin, load, users } = cluster
    await setDurations(admin, { ADD: 3_000, SUBTRACT: 3_000, MULTIPLY: 3_000, DIVIDE: 3_000 })
    await cluster.addAgents(5, 1_024)
    for (const user of users) cluster.observe('expressions', user)
    await submitRandomLoad(cluster, { perUser: 50, operations: [20, 35] })
    const unfinished = async () => {
      const rows = await cluster.query<{ tasks: number; results: number }>(
        `SELECT coalesce(sum(operation_count) FILTER (WHERE status = 'RUNNING'), 0)::int AS tasks,
                (SELECT count(*) FROM task_result)::int AS results FROM expression`,
      )
      return rows[0] ?? { tasks: 0, results: 0 }
    }
    await cluster.until('10 000 tasks are in flight', async () => (await unfinished()).tasks >= 10_000)
    const { tasks } = await unfinished()
    const server = cluster.replica(0)
    await server.kill()
    const killedAt = performance.now()
    await server.start()
    const { results } = await unfinished()
    await cluster.until('results come in again', async () => (await unfinished()).results > results)
    const recoveryMs = performance.now() - killedAt
    const rows = await cluster.query('SELECT FROM failed_attempt')
    expect(rows.length).toBe(0)
    return { load: `${tasks} of ${load.operations} tasks in flight`, recoveriesMs: [recoveryMs] }
  },
)
