import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { Proxy } from './harness/proxy.ts'
import { submitRandomLoad } from './harness/random-load.ts'

faultTest(
  'three replicas race for the queue, then two for what the third leaves',
  { replicas: 3, users: 8 },
  async (cluster) => {
    const { admin, users, replicas, random } = cluster
    await setDurations(admin, { ADD: 400, SUBTRACT: 400, MULTIPLY: 300, DIVIDE: 300 })
    for (const user of users) cluster.observe('expressions', user)
    // Without an agent all of it waits in the queue; then all replicas have free slots at once.
    await submitRandomLoad(cluster, { perUser: 15, operations: [10, 20] })
    expect(await cluster.query(`SELECT FROM expression WHERE status <> 'QUEUED'`)).toEqual([])
    // Two agents at each, which go to the others when it is gone.
    await Promise.all(
      replicas.map(async (home) => {
        const near = await Proxy.start(() => {
          const isThere = home.openPorts.length > 0
          return isThere ? home.openPorts : replicas.flatMap(({ openPorts }) => openPorts)
        })
        cluster.whenDone(() => near.stop())
        await cluster.addAgents(2, 16, near)
      }),
    )
    const owners = () =>
      cluster.query<{ id: string }>(`SELECT DISTINCT replica_id AS id FROM expression WHERE status = 'RUNNING'`)
    await cluster.until('all replicas have some of it', async () => (await owners()).length === replicas.length)
    const victim = random.pick(replicas)
    const lost = await victim.kill()
    const killedAt = performance.now()
    await cluster.until('what it left is taken over', async () => (await owners()).every(({ id }) => id !== lost))
    const recoveryMs = performance.now() - killedAt
    await victim.start()
    return { recoveriesMs: [recoveryMs] }
  },
)
