import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

faultTest('all sockets cut, again and again', { replicas: 2, users: 4, isRepresentative: true }, async (cluster) => {
  const { admin, users, network } = cluster
  await setDurations(admin, { ADD: 3_500, SUBTRACT: 3_000, MULTIPLY: 2_500, DIVIDE: 2_500 })
  await cluster.addAgents(4, 64)
  for (const user of users) cluster.observe('expressions', user)
  cluster.observe('agents', admin)
  await submitRandomLoad(cluster, { perUser: 8, operations: [6, 12] })
  const isBack = async () => (await cluster.query(`SELECT FROM agent WHERE presence = 'ONLINE'`)).length === 4
  const recoveriesMs: number[] = []
  for (let round = 0; round < 3; round++) {
    await delay(500)
    network.cut()
    const cutAt = performance.now()
    await delay(100)
    await cluster.until('all agents are back', isBack)
    recoveriesMs.push(performance.now() - cutAt)
    await delay(2_500)
  }
  // They came back in time, to whichever replica, with all that they held.
  expect(await cluster.query('SELECT * FROM failed_attempt')).toEqual([])
  return { recoveriesMs }
})
