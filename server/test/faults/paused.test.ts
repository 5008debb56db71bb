import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

faultTest("SIGSTOP of an agent past its session's time, then SIGCONT", { replicas: 2, users: 4 }, async (cluster) => {
  const { admin, random, agents, users } = cluster
  await setDurations(admin, { ADD: 1_500, SUBTRACT: 1_000, MULTIPLY: 700, DIVIDE: 500 })
  await cluster.addAgents(4, 32)
  for (const user of users) cluster.observe('expressions', user)
  cluster.observe('agents', admin)
  await submitRandomLoad(cluster, { perUser: 25, operations: [15, 25] })
  const recoveriesMs: number[] = []
  for (let round = 0; round < 2; round++) {
    const victim = random.pick(agents)
    const isOffline = async () =>
      (await cluster.query(`SELECT FROM agent WHERE name = $1 AND presence = 'OFFLINE'`, [victim.name])).length === 1
    const pausedAt = performance.now()
    victim.program.pause()
    await cluster.until('its session is over', isOffline)
    recoveriesMs.push(performance.now() - pausedAt)
    await delay(1_000)
    // What it had computed by then comes late: it counts, or is told to be a duplicate.
    victim.program.resume()
    await cluster.until('it is back', async () => !(await isOffline()))
  }
  expect(Math.max(...recoveriesMs)).toBeLessThan(9_000)
  return { recoveriesMs }
})

faultTest('SIGSTOP of a server past its time, then SIGCONT', { replicas: 2, users: 4 }, async (cluster) => {
  const { admin, users, random, replicas } = cluster
  await setDurations(admin, { ADD: 1_500, SUBTRACT: 1_000, MULTIPLY: 700, DIVIDE: 500 })
  await cluster.addAgents(4, 32)
  for (const user of users) cluster.observe('expressions', user)
  cluster.observe('agents', admin)
  await submitRandomLoad(cluster, { perUser: 25, operations: [25, 40] })
  const victim = random.pick(replicas)
  const pausedAt = performance.now()
  victim.program.pause()
  await cluster.until('its expressions are taken over', async () => {
    const owned = await cluster.query(`SELECT FROM expression WHERE status = 'RUNNING' AND replica_id = $1`, [
      victim.id,
    ])
    return owned.length === 0
  })
  const recoveryMs = performance.now() - pausedAt
  await delay(3_000)
  // It comes back believing in all that it had.
  victim.program.resume()
  expect(recoveryMs).toBeLessThan(7_000)
  return { recoveriesMs: [recoveryMs] }
})
