import { expect, test } from 'vitest'
import { Proxy } from './faults/harness/proxy.ts'
import { whenTestIsDone } from './support/cleanup.ts'
import { createTestDatabase } from './support/database.ts'
import { startWorld } from './support/world.ts'

const stopTimeoutMs = 2_000

test('a server whose database has gone silent waits for all that it has to say to it no longer than for one thing', async () => {
  const database = await createTestDatabase()
  const direct = new URL(database.url)
  const network = await Proxy.start(() => [Number(direct.port)])
  whenTestIsDone(() => database.drop())
  whenTestIsDone(() => network.stop())
  const databaseUrl = Object.assign(new URL(direct), { port: String(network.port) }).href
  const world = await startWorld({
    databaseUrl,
    alone: false,
    environment: { STOP_TIMEOUT_MS: String(stopTimeoutMs), STOP_DELAY_MS: '0' },
  })
  network.loss = 'both'
  const waiting = fetch(world.app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${world.admin.token}` },
    body: JSON.stringify({ query: '{ expressions(first: 1) { edges { node { id } } } }' }),
  }).catch(() => {})
  // It is in hand once another that came later has its answer.
  await fetch(new URL('/health', world.app.url))
  const askedAt = performance.now()
  await world.app.stop()
  // Sockets, then the database, each for so long; with a wait for each thing that is to be written it was more.
  expect(performance.now() - askedAt).toBeLessThan(2 * stopTimeoutMs + 1_500)
  await waiting
  network.cut()
})
