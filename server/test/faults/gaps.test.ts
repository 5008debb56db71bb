import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { Proxy } from './harness/proxy.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const gapsMs = [1_000, 3_000, 10_000, 30_000]

faultTest(
  'watchers cut off for 1 to 30 s, who come back to the other replica',
  { replicas: 2, users: 4 },
  async (cluster) => {
    const { admin, users, replicas, random } = cluster
    await setDurations(admin, { ADD: 400, SUBTRACT: 400, MULTIPLY: 300, DIVIDE: 300 })
    await cluster.addAgents(4, 8)
    const watchers = await Promise.all(
      gapsMs.map(async (gapMs, place) => {
        const home = { replica: replicas[place % 2]! }
        const network = await Proxy.start(() => home.replica.openPorts)
        cluster.whenDone(() => network.stop())
        const observers = [
          cluster.observe('expressions', cluster.user(place), undefined, network),
          cluster.observe('agents', admin, undefined, network),
        ]
        return { gapMs, home, network, observers }
      }),
    )
    let isOver = false
    const submitting = (async () => {
      // At most fifty a user: with so many a page is brought up to date when it comes back.
      for (let round = 0; round < 16 && !isOver; round++) {
        await submitRandomLoad(cluster, { perUser: 1, operations: [10, 30] })
        await delay(2_000)
      }
    })()
    await delay(2_000)
    const recoveriesMs = await Promise.all(
      watchers.map(async ({ gapMs, home, network, observers }) => {
        network.isDown = true
        network.cut()
        await delay(gapMs + random.integer(0, 500))
        home.replica = replicas[1 - replicas.indexOf(home.replica)]!
        network.isDown = false
        const backAt = Date.now()
        const news = observers.map((observer) => observer.until((_, at) => at >= backAt))
        return (await Promise.all(news)).map(({ at }) => at - backAt)
      }),
    )
    isOver = true
    await submitting
    expect(users.length).toBe(gapsMs.length)
    return { load: `${cluster.load.operations} tasks, ${watchers.length} watchers`, recoveriesMs: recoveriesMs.flat() }
  },
)
