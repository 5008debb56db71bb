import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const options = { replicas: 1, users: 8, postgres: 'breakable' } as const

faultTest('kill -9 of the only server with 10 000 tasks in flight, and its restart', options, async (cluster) =>
  killTheOnlyOne(cluster, { perUser: 50, tasks: 10_000, agents: 5, outageMs: 0 }),
)

// Long enough for the agents to try but now and then.
faultTest('kill -9 of the only server, and its restart 15 s later', options, async (cluster) =>
  killTheOnlyOne(cluster, { perUser: 10, tasks: 1_000, agents: 10, outageMs: 15_000 }),
)

interface Size {
  readonly perUser: number
  /** How many are to be in flight. */
  readonly tasks: number
  readonly agents: number
  /** From the end of the server to the start of the next. */
  readonly outageMs: number
}

/** Recovery is from the start of the next server until results come in again. */
async function killTheOnlyOne(cluster: Cluster, { perUser, tasks: wanted, agents, outageMs }: Size) {
  const { admin, load, users } = cluster
  await setDurations(admin, { ADD: 3_000, SUBTRACT: 3_000, MULTIPLY: 3_000, DIVIDE: 3_000 })
  await cluster.addAgents(agents, Math.ceil(wanted / 2 / agents))
  for (const user of users) cluster.observe('expressions', user)
  await submitRandomLoad(cluster, { perUser, operations: [20, 35] })
  const unfinished = async () => {
    const rows = await cluster.query<{ tasks: number; results: number }>(
      `SELECT coalesce(sum(operation_count) FILTER (WHERE status = 'RUNNING'), 0)::int AS tasks,
              (SELECT count(*) FROM task_result)::int AS results FROM expression`,
    )
    return rows[0] ?? { tasks: 0, results: 0 }
  }
  await cluster.until('enough tasks are in flight', async () => (await unfinished()).tasks >= wanted)
  const { tasks } = await unfinished()
  const server = cluster.replica(0)
  await server.kill()
  await delay(outageMs)
  const { results } = await unfinished()
  const startedAt = performance.now()
  await server.start()
  await cluster.until('results come in again', async () => (await unfinished()).results > results)
  const recoveryMs = performance.now() - startedAt
  // Each agent came back, and went on with what it held.
  expect(await cluster.query('SELECT FROM failed_attempt')).toEqual([])
  return { load: `${tasks} of ${load.operations} tasks in flight`, recoveriesMs: [recoveryMs] }
}
