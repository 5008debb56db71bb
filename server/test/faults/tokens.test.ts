import { expect } from 'vitest'
import { revokeToken } from '../support/agents.ts'
import { setDurations } from '../support/expressions.ts'
import { createAgentToken, login } from '../support/people.ts'
import { faultTest } from './fault-test.ts'
import { Agent } from './harness/agent.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const tokenRefused = 3
const tokenSeconds = 6

faultTest(
  'access tokens expire on live sockets, again and again',
  { replicas: 2, users: 3, environment: { ACCESS_TOKEN_SECONDS: String(tokenSeconds) } },
  async (cluster) => {
    const { admin, users, network } = cluster
    await setDurations(admin, { ADD: 1_500, SUBTRACT: 1_500, MULTIPLY: 1_500, DIVIDE: 1_500 })
    const observers = users.map((user, place) => {
      const observer = cluster.observe('expressions', user)
      observer.renew = () => login(network, `user-${place + 1}@example.com`)
      return observer
    })
    await submitRandomLoad(cluster, { perUser: 5, operations: [8, 12] })
    await cluster.addAgents(2, 6)
    await cluster.until('all have come back twice', () => observers.every(({ connectedAt }) => connectedAt.length > 2))
    const livesMs = observers.flatMap(({ connectedAt }) =>
      connectedAt.slice(1).map((at, place) => at - (connectedAt[place] ?? 0)),
    )
    // No socket outlives its token.
    expect(Math.max(...livesMs)).toBeLessThan(tokenSeconds * 1_000 + 3_000)
    return { recoveriesMs: livesMs.map((ms) => Math.max(0, ms - tokenSeconds * 1_000)) }
  },
)

faultTest('the token of working agents is revoked', { replicas: 2, users: 4 }, async (cluster) => {
  const { admin, network, users } = cluster
  await setDurations(admin, { ADD: 700, SUBTRACT: 500, MULTIPLY: 300, DIVIDE: 300 })
  await cluster.addAgents(2, 16)
  const { id, token } = await createAgentToken(admin, 'to be revoked')
  const revoked = ['r1', 'r2'].map((name) => new Agent({ name, slots: 16, token, socketUrl: network.socketUrl }))
  cluster.agents.push(...revoked)
  for (const agent of revoked) cluster.whenDone(() => agent.end())
  for (const user of users) cluster.observe('expressions', user)
  await submitRandomLoad(cluster, { perUser: 20, operations: [15, 25] })
  const names = revoked.map(({ name }) => name)
  await cluster.until('they have done some work', async () => {
    const sql = `SELECT FROM task_result JOIN agent ON agent.id = agent_id WHERE name = ANY($1)`
    return (await cluster.query(sql, [names])).length > 20
  })
  const ends = revoked.map(({ program }) => program.expectEnd())
  const revokedAt = performance.now()
  // Through one replica; the agents are at both.
  await revokeToken(admin, id)
  expect(await Promise.all(ends)).toEqual([tokenRefused, tokenRefused])
  const recoveryMs = performance.now() - revokedAt
  // They were sent away, which is no attempt that failed.
  expect(await cluster.query('SELECT FROM failed_attempt')).toEqual([])
  return { recoveriesMs: [recoveryMs] }
})
