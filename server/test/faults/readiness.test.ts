import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const options = { replicas: 2, users: 4, postgres: 'breakable', mayLogErrors: true } as const

faultTest('the database is out of reach for ten seconds', options, (cluster) =>
  takeDatabaseAway(cluster, 100, [20, 40]),
)

// Each replica takes the other for lost as the database comes back, and the agents of both still have work from before.
faultTest('the database is out of reach for ten seconds, with long tasks out', options, (cluster) =>
  takeDatabaseAway(cluster, 18_000, [1, 2]),
)

/** Recovery is until all replicas are ready again. */
async function takeDatabaseAway(cluster: Cluster, durationMs: number, operations: readonly [number, number]) {
  const { admin, replicas, users, ground } = cluster
  await setDurations(admin, { ADD: durationMs, SUBTRACT: durationMs, MULTIPLY: durationMs, DIVIDE: durationMs })
  await cluster.addAgents(4, 64)
  for (const user of users) cluster.observe('expressions', user)
  cluster.observe('agents', admin)
  const submitting = submitRandomLoad(cluster, { perUser: 15, operations })
  await delay(1_000)
  const readiness = () => Promise.all(replicas.map((replica) => replica.isReady()))
  expect(await readiness()).toEqual([true, true])
  const network = ground.databaseNetwork!
  const goneAt = performance.now()
  network.isDown = true
  network.cut()
  await cluster.until('no replica is ready', async () => (await readiness()).every((isReady) => !isReady))
  expect(performance.now() - goneAt).toBeLessThan(5_000)
  await delay(10_000)
  network.isDown = false
  const backAt = performance.now()
  await cluster.until('all are ready again', async () => (await readiness()).every((isReady) => isReady))
  const recoveryMs = performance.now() - backAt
  await submitting
  return { recoveriesMs: [recoveryMs] }
}
