import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

faultTest(
  'the database is out of reach for ten seconds',
  { replicas: 2, users: 4, postgres: 'breakable', mayLogErrors: true },
  async (cluster) => {
    const { admin, replicas, users, ground } = cluster
    await setDurations(admin, { ADD: 100, SUBTRACT: 100, MULTIPLY: 100, DIVIDE: 100 })
    await cluster.addAgents(4, 8)
    for (const user of users) cluster.observe('expressions', user)
    cluster.observe('agents', admin)
    const submitting = submitRandomLoad(cluster, { perUser: 30, operations: [20, 40] })
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
  },
)
