import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const options = { replicas: 2, users: 4, postgres: 'breakable', diskMebibytes: 256, mayLogErrors: true } as const

faultTest('PostgreSQL: disk full under load', options, async (cluster) => {
  const { admin, users, ground, replicas } = cluster
  const disk = ground.postgres!.disk!
  await setDurations(admin, { ADD: 20, SUBTRACT: 30, MULTIPLY: 40, DIVIDE: 20 })
  await cluster.addAgents(4, 8)
  for (const user of users) cluster.observe('expressions', user)
  const submitting = submitRandomLoad(cluster, { perUser: 50, operations: [30, 60] })
  await delay(1_000)
  await disk.fill()
  const isHurt = () => replicas.some(({ program }) => program.errors.size > 0)
  await cluster.until('there is no room for results', isHurt)
  await delay(3_000)
  const before = await results(cluster)
  await disk.clear()
  const clearedAt = performance.now()
  await cluster.until('results come in again', async () => ((await results(cluster)) ?? 0) > (before ?? 0) + 50)
  const recoveryMs = performance.now() - clearedAt
  await submitting
  expect(replicas.every(({ programs }) => programs.length === 1)).toBe(true)
  return { recoveriesMs: [recoveryMs] }
})

/** How many there are; null where the database is down altogether, as it is when its own log finds no room. */
async function results(cluster: Cluster): Promise<number | null> {
  const [row] = await cluster.tryQuery<{ results: number }>('SELECT count(*)::int AS results FROM task_result')
  return row?.results ?? null
}
