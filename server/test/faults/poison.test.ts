import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { retry } from '../support/retry-and-delete.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const maxAttempts = 3

faultTest(
  'a task that ends its agent each time, and is tried once more by an admin',
  { replicas: 2, users: 2, environment: { MAX_ATTEMPTS: String(maxAttempts) } },
  async (cluster) => {
    const { admin, agents, load } = cluster
    await setDurations(admin, { ADD: 100, SUBTRACT: 100, MULTIPLY: 100, DIVIDE: 100, POWER: 60_000 })
    await cluster.addAgents(4, 4)
    const owner = cluster.user(0)
    const poisoned = await load.submit(cluster.network.url, owner, { source: '2^3', operations: 1, value: '8' })
    const observer = cluster.observe('tasks', owner, poisoned.id)
    const others = submitRandomLoad(cluster, { perUser: 15, operations: [5, 15] })
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const { entity } = await observer.until(
        (task) => task.status === 'ASSIGNED' && task.attempt === attempt && task.agent !== null,
      )
      const { name } = entity.agent as { name: string }
      await agents.find((agent) => agent.name === name)?.program.kill()
    }
    await others
    const { entity } = await observer.until(({ status }) => status === 'FAILED')
    const { failedAttempts } = entity as unknown as { failedAttempts: { outcome: string; agent: { name: string } }[] }
    expect(failedAttempts.map(({ outcome }) => outcome)).toEqual(Array(maxAttempts).fill('AGENT_LOST'))
    const rows = await cluster.query<{ code: string }>(
      `SELECT failure->>'code' AS code FROM expression WHERE id = $1`,
      [poisoned.id],
    )
    expect(rows).toEqual([{ code: 'ATTEMPTS_SPENT' }])
    // It was not the task's fault: with whatever ended the agents mended, it ends as it should have.
    await setDurations(admin, { POWER: 100 })
    expect(await retry(admin, poisoned.globalId)).toMatchObject({ __typename: 'Expression', error: null })
    await observer.until(({ status, attempt }) => status === 'SUCCEEDED' && attempt === maxAttempts + 1)
    return {}
  },
)
