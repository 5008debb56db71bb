import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const stopTimeoutMs = 2_000
/** Sockets first, then what waits for the database, then the goodbye to the database: each may take its time. */
const limitMs = 3 * stopTimeoutMs + 4_000

const options = {
  replicas: 1,
  users: 4,
  postgres: 'breakable',
  environment: { STOP_TIMEOUT_MS: String(stopTimeoutMs) },
  mayLogErrors: true,
} as const

faultTest('SIGTERM while the database has gone silent', options, async (cluster) => {
  const network = cluster.ground.databaseNetwork!
  return stopUnderLoad(
    cluster,
    () => (network.loss = 'both'),
    () => {
      network.cut()
      network.loss = 'none'
    },
  )
})

faultTest('SIGTERM while clients hold on to their requests', options, async (cluster) => {
  const clients = Array.from({ length: 20 }, () => connect(cluster.replica(0).network.port, '127.0.0.1'))
  // Half a request, of which the rest never comes.
  const head =
    'POST /graphql HTTP/1.1\r\nhost: reckon\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{'
  for (const client of clients) client.on('error', () => {}).write(head)
  return stopUnderLoad(
    cluster,
    () => {},
    () => clients.forEach((client) => client.destroy()),
  )
})

async function stopUnderLoad(cluster: Cluster, breakIt: () => unknown, mendIt: () => unknown) {
  const { admin, users } = cluster
  await setDurations(admin, { ADD: 300, SUBTRACT: 300, MULTIPLY: 200, DIVIDE: 200 })
  await cluster.addAgents(3, 16)
  for (const user of users) cluster.observe('expressions', user)
  await submitRandomLoad(cluster, { perUser: 10, operations: [15, 25] })
  const server = cluster.replica(0)
  breakIt()
  await delay(500)
  const askedAt = performance.now()
  expect(await server.program.stop(limitMs)).toBe(0)
  const stopMs = performance.now() - askedAt
  mendIt()
  await server.start()
  return { recoveriesMs: [stopMs] }
}
