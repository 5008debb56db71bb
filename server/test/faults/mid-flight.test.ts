import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import type { Ending } from './checker/log.ts'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

faultTest('cancelled and given other durations in mid-flight', { replicas: 2, users: 4 }, async (cluster) => {
  const { admin, load, random, users } = cluster
  await setDurations(admin, { ADD: 200, SUBTRACT: 200, MULTIPLY: 200, DIVIDE: 200 })
  await cluster.addAgents(4, 16)
  for (const user of users) cluster.observe('expressions', user)
  cluster.observe('operations', admin)
  const submitting = submitRandomLoad(cluster, { perUser: 40, operations: [10, 30] })
  const endings = new Map<string, readonly Ending[]>()
  for (let round = 0; round < 10; round++) {
    await delay(200)
    await setDurations(admin, { ADD: random.integer(0, 300), MULTIPLY: random.integer(0, 300) })
    for (const { globalId, id, owner } of random.sample(load.accepted, 4)) {
      // It may have succeeded just before.
      endings.set(id, ['CANCELLED', 'SUCCEEDED'])
      const answer = await owner.get<{ cancelExpression: { __typename: string } }>(
        `mutation ($id: ID!) { cancelExpression(input: { id: $id }) { __typename } }`,
        { id: globalId },
      )
      expect(['Expression', 'ExpressionFinishedError']).toContain(answer.cancelExpression.__typename)
    }
  }
  await submitting
  return { endings, load: `${load.operations} tasks, ${endings.size} expressions cancelled` }
})
