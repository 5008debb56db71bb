import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const days = 24 * 3_600_000

faultTest(
  'clocks of replicas and agents that are days off, and a replica killed besides',
  { replicas: 2, users: 3, clocksAheadMs: [-2 * days, 3 * days], isRepresentative: true },
  async (cluster) => {
    const { admin, users, network } = cluster
    await setDurations(admin, { ADD: 300, SUBTRACT: 300, MULTIPLY: 200, DIVIDE: 200 })
    await cluster.addAgents(2, 16, network, -30 * days)
    await cluster.addAgents(2, 16, network, 9 * days)
    for (const user of users) cluster.observe('expressions', user)
    cluster.observe('agents', admin)
    await submitRandomLoad(cluster, { perUser: 15, operations: [15, 25] })
    const first = cluster.load.accepted.at(-1)!
    const watched = cluster.observe('tasks', first.owner, first.id)
    await delay(500)
    const victim = cluster.replica(0)
    const lost = await victim.kill()
    const killedAt = performance.now()
    await cluster.until('its expressions are taken over', async () => {
      const sql = `SELECT FROM expression WHERE status = 'RUNNING' AND replica_id = $1`
      return (await cluster.query(sql, [lost])).length === 0
    })
    const recoveryMs = performance.now() - killedAt
    await victim.start()
    // Submitted to the one and the other, as both know everybody's token.
    for (const { network: only } of cluster.replicas)
      await submitRandomLoad(cluster, { perUser: 1, operations: [3, 5], url: only.url })
    // Whatever a process takes the time for, what is written and shown is the database's.
    await watched.until(({ status }) => status === 'SUCCEEDED')
    // A replica knows it to 250 ms and half of what a look at it took (database-clock.ts); its own is days off.
    const wrong = `SELECT started_at, finished_at, clock_timestamp() FROM task_result
      WHERE started_at NOT BETWEEN now() - interval '5 minutes' AND now() + interval '1 second'
         OR finished_at NOT BETWEEN started_at AND now() + interval '1 second'`
    expect(await cluster.query(wrong)).toEqual([])
    for (const { at, entity } of watched.sightings)
      if (typeof entity.startedAt === 'string') expect(Math.abs(Date.parse(entity.startedAt) - at)).toBeLessThan(60_000)
    return { recoveriesMs: [recoveryMs] }
  },
)
