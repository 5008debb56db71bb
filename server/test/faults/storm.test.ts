import { setTimeout as delay } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { createClient } from 'graphql-ws'
import { pino } from 'pino'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { runAgent } from '../../../agent/src/agent.ts'
import { systemClock } from '../../../agent/src/clock.ts'
import { defaultTiming } from '../../../agent/src/protocol.ts'
import { retryDelayMs } from '../../../web/src/transport/connection.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'

const each = 100
const outageMs = 12_000
const windowMs = 250

faultTest('200 clients come back after an outage of 12 s', { replicas: 1, users: 1 }, async (cluster) => {
  const { network } = cluster
  const server = cluster.replica(0)
  startAgents(cluster)
  const pages = startPages(cluster)
  const online = async () => (await cluster.query(`SELECT FROM agent WHERE presence = 'ONLINE'`)).length
  await cluster.until('all are there', async () => (await online()) === each && pages.size === each)
  await server.kill()
  await delay(outageMs)
  pages.clear()
  network.arrivals.length = 0
  await server.start()
  const backAt = Date.now()
  await cluster.until('all are back', async () => (await online()) === each && pages.size === each)
  const delays = network.arrivals.map((at) => at - backAt).filter((ms) => ms >= 0)
  // Nobody comes at the moment at which all others do.
  const busiest = Math.max(...delays.map((from) => delays.filter((ms) => ms >= from && ms < from + windowMs).length))
  expect(busiest).toBeLessThan(each)
  return { load: `${2 * each} clients, at most ${busiest} in ${windowMs} ms`, recoveriesMs: delays }
})

/** Real agents, all in this process. */
function startAgents({ agentToken, network, whenDone }: Cluster): void {
  const stop = new AbortController()
  const log = pino({ level: 'silent' })
  const ends = Array.from({ length: each }, (_, place) =>
    runAgent(
      // What they are given is too light for a thread.
      { clock: systemClock, random: Math.random, log, computer: { compute: () => () => {} } },
      {
        ...{ server: network.socketUrl, token: agentToken.token, name: `agent-${place}`, slots: 1 },
        ...{ sessionId: randomUUID(), timing: defaultTiming, stopTimeoutMs: 0 },
      },
      stop.signal,
    ),
  )
  whenDone(async () => {
    stop.abort()
    await Promise.all(ends)
  })
}

/** As the page waits between its tries. Returns those whose socket stands. */
function startPages(cluster: Cluster): Set<number> {
  const connected = new Set<number>()
  for (let page = 0; page < each; page++) {
    const client = createClient({
      url: cluster.network.socketUrl,
      webSocketImpl: WebSocket,
      connectionParams: { token: cluster.user(0).token },
      lazy: false,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: (retries) => delay(retryDelayMs(retries, Math.random())),
      onNonLazyError: () => {},
      on: { connected: () => connected.add(page) },
    })
    cluster.whenDone(() => Promise.resolve(client.dispose()).catch(() => {}))
  }
  return connected
}
