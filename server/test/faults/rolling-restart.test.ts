import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const rounds = 2

faultTest('rolling restart of all replicas, in a loop under load', { replicas: 2, users: 6 }, async (cluster) => {
  const { admin, users, load, observers, replicas, agents } = cluster
  await setDurations(admin, { ADD: 100, SUBTRACT: 150, MULTIPLY: 50, DIVIDE: 50 })
  await cluster.addAgents(4, 16)
  for (const user of users) cluster.observe('expressions', user)
  cluster.observe('agents', admin)
  cluster.observe('operations', admin)
  let isOver = false
  const submitting = (async () => {
    // At most fifty a user: that many a page is brought up to date with when it comes back.
    for (let batch = 0; batch < 12 && !isOver; batch++) {
      await submitRandomLoad(cluster, { perUser: 4, operations: [10, 30] })
      await delay(500)
    }
  })()
  const restarts: number[] = []
  for (let round = 0; round < rounds; round++)
    for (const replica of replicas) {
      const startedAt = performance.now()
      await replica.replace()
      restarts.push(performance.now() - startedAt)
      await delay(1_000)
    }
  isOver = true
  await submitting
  expect(observers.every(({ connectedAt }) => connectedAt.length > 1)).toBe(true)
  const rows = await cluster.query('SELECT FROM failed_attempt')
  // No agent was lost: each came back to another replica in its time.
  expect(rows.length).toBe(0)
  expect(agents.every(({ runs }) => runs.length === 1)).toBe(true)
  return { load: `${load.operations} tasks, ${load.retries} submissions sent again`, recoveriesMs: restarts }
})

faultTest('rolling restart while long tasks are out', { replicas: 2, users: 4 }, async (cluster) => {
  const { admin, replicas } = cluster
  // Longer than it takes the others to take an expression over.
  await setDurations(admin, { ADD: 6_000, SUBTRACT: 5_000, MULTIPLY: 4_000, DIVIDE: 4_000 })
  await cluster.addAgents(6, 64)
  await submitRandomLoad(cluster, { perUser: 15, operations: [10, 20] })
  for (const replica of replicas) {
    await replica.replace()
    await delay(1_500)
  }
  expect(await cluster.query('SELECT FROM failed_attempt')).toEqual([])
  return {}
})
