import { expect } from 'vitest'
import { revokeToken } from '../support/agents.ts'
import { setDurations } from '../support/expressions.ts'
import { createAgentToken } from '../support/people.ts'
import { faultTest } from './fault-test.ts'
import { Agent } from './harness/agent.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const tokenRefused = 3

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
