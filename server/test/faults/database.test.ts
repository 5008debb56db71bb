import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const options = { replicas: 2, users: 4, postgres: 'breakable', mayLogErrors: true } as const
const rounds = 3

faultTest('PostgreSQL: immediate stop under load', options, (cluster) =>
  breakUnderLoad(cluster, () => cluster.ground.postgres?.signal('SIGQUIT')),
)

faultTest('PostgreSQL: kill -9 under load', options, (cluster) =>
  breakUnderLoad(cluster, () => cluster.ground.postgres?.signal('SIGKILL')),
)

faultTest('PostgreSQL: all connections terminated under load', options, (cluster) =>
  breakUnderLoad(cluster, () =>
    cluster.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'reckon%'`),
  ),
)

/** Recovery is the time until results are on disk again. */
async function breakUnderLoad(cluster: Cluster, breakIt: () => unknown) {
  const { admin, random, users } = cluster
  await setDurations(admin, { ADD: 20, SUBTRACT: 30, MULTIPLY: 40, DIVIDE: 20 })
  await cluster.addAgents(4, 8)
  for (const user of users) cluster.observe('expressions', user)
  cluster.observe('agents', admin)
  const submitting = submitRandomLoad(cluster, { perUser: 50, operations: [20, 60] })
  const results = async () => {
    const rows = await cluster.query<{ results: number }>('SELECT count(*)::int AS results FROM task_result')
    return rows[0]?.results ?? 0
  }
  const recoveriesMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    await delay(500 + random.integer(0, 500))
    const before = await results()
    await breakIt()
    const brokenAt = performance.now()
    // What was on its way to the log may still have arrived.
    const comesIn = () =>
      results().then(
        (now) => now > before + 50,
        () => false,
      )
    await cluster.until('results come in again', comesIn)
    recoveriesMs.push(performance.now() - brokenAt)
  }
  await submitting
  expect(cluster.load.unforeseen).toEqual([])
  return { recoveriesMs }
}
