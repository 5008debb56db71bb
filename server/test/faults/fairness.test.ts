import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import type { Person } from '../support/people.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import type { Observer } from './harness/observer.ts'
import { randomExpression } from './harness/random-expression.ts'

const taskMs = 100
const samples = 12
/** What another program on the machine may add to a delay of a few milliseconds. */
const noiseMs = 100

faultTest(
  "one user's 5 000 operations beside another's 1+1",
  { replicas: 1, users: 2, environment: { MAX_SOURCE_LENGTH: '40000' } },
  async (cluster) => {
    const { admin, random, load, network } = cluster
    const [busy, modest] = [cluster.user(0), cluster.user(1)]
    await setDurations(admin, { ADD: taskMs, SUBTRACT: taskMs })
    await cluster.addAgents(2, 8)
    const page = cluster.observe('expressions', modest)
    const idle = await delaysOf(cluster, modest, page)
    const giant = await load.submit(network.url, busy, randomExpression(random, 5_000))
    await cluster.until('it keeps all slots busy', async () => (await cluster.query(resultsOf, [giant.id])).length > 50)
    const beside = await delaysOf(cluster, modest, page)
    expect(await cluster.query(`SELECT FROM expression WHERE id = $1 AND status = 'RUNNING'`, [giant.id])).toHaveLength(
      1,
    )
    expect(medianOf(beside)).toBeLessThan(2 * medianOf(idle) + taskMs + noiseMs)
    return { load: `5 000 tasks; on the idle system ${medianOf(idle)} ms`, recoveriesMs: beside }
  },
)

const resultsOf = 'SELECT FROM task_result WHERE expression_id = $1'

/** From the submission of 1+1 to the page that shows its result. */
async function delaysOf({ load, network }: Cluster, user: Person, page: Observer): Promise<number[]> {
  const delays: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    const submittedAt = Date.now()
    const { globalId } = await load.submit(network.url, user, { source: '1+1', operations: 1, value: '2' })
    const { at } = await page.until(({ id, status }) => id === globalId && status === 'SUCCEEDED')
    delays.push(at - submittedAt)
    await delay(150)
  }
  return delays
}

const medianOf = (delays: readonly number[]): number => [...delays].sort((a, b) => a - b)[delays.length >> 1] ?? 0
