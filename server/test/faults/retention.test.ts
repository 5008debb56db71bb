import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

/** The sweep that purges comes round once a minute. */
const purgePatienceMs = 90_000

faultTest(
  'logs are purged while others are written',
  { replicas: 2, users: 4, environment: { RETENTION_SECONDS: '5' } },
  async (cluster) => {
    const { admin, load, users } = cluster
    await setDurations(admin, { ADD: 20, SUBTRACT: 20, MULTIPLY: 20, DIVIDE: 20 })
    await cluster.addAgents(4, 4)
    for (const user of users) cluster.observe('expressions', user)
    await submitRandomLoad(cluster, { perUser: 10, operations: [20, 40] })
    const old = load.accepted.map(({ id }) => id)
    const deadline = performance.now() + purgePatienceMs
    const purged = async () => (await cluster.query('SELECT FROM expression WHERE purged_at IS NOT NULL')).length
    // Work goes on all the time, a little of it a turn, so that some is under way when the sweep comes.
    while ((await purged()) === 0 && performance.now() < deadline) {
      await submitRandomLoad(cluster, { perUser: 1, operations: [10, 30] })
      await delay(250)
    }
    expect(await purged()).toBeGreaterThanOrEqual(old.length)
    const sql = `SELECT FROM task_result JOIN expression ON id = expression_id WHERE purged_at IS NOT NULL`
    expect(await cluster.query(sql)).toEqual([])
    return { load: `${load.operations} tasks, ${await purged()} logs purged` }
  },
)
