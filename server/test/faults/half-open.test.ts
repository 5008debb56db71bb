import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { Proxy, type Loss } from './harness/proxy.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const losses: readonly Exclude<Loss, 'none'>[] = ['both', 'to-server', 'to-client']

for (const loss of losses)
  faultTest(`a half-open socket: bytes are lost, ${loss}`, { replicas: 2, users: 4 }, async (cluster) => {
    const { admin, users } = cluster
    await setDurations(admin, { ADD: 700, SUBTRACT: 500, MULTIPLY: 300, DIVIDE: 300 })
    await cluster.addAgents(2, 16)
    const network = await Proxy.start(() => cluster.replicas.flatMap(({ openPorts }) => openPorts))
    cluster.whenDone(() => network.stop())
    const [victim] = await cluster.addAgents(1, 16, network)
    for (const user of users) cluster.observe('expressions', user)
    const observer = cluster.observe('agents', admin, undefined, network)
    await submitRandomLoad(cluster, { perUser: 20, operations: [15, 25] })
    const presence = async () => {
      const rows = await cluster.query<{ presence: string }>(`SELECT presence FROM agent WHERE name = $1`, [
        victim?.name,
      ])
      return rows[0]?.presence
    }
    const brokenAt = performance.now()
    network.loss = loss
    await cluster.until('its session is over', async () => (await presence()) === 'OFFLINE')
    const recoveryMs = performance.now() - brokenAt
    network.loss = 'none'
    const sockets = observer.connectedAt.length
    await cluster.until('agent and page are back', async () => {
      return (await presence()) === 'ONLINE' && observer.connectedAt.length > sockets
    })
    expect(recoveryMs).toBeLessThan(9_000)
    return { recoveriesMs: [recoveryMs] }
  })
